// The reading list's maker: what is ticked becomes a list, its order, its address and its code.
import { drawQr } from "../qr/qr.js";
import { writeList } from "../reading-list/codec.js";

const $maker = document.querySelector("[data-module=list-maker]");
const $pick = $maker.querySelector(".maker__pick");
const $list = $maker.querySelector(".maker__list");
const $chosen = $maker.querySelector(".maker__chosen");
const $hand = $maker.querySelector(".maker__hand");
const $said = $maker.querySelector(".maker__said");
const $entry = $maker.querySelector("template").content.firstElementChild;
const base = $maker.dataset.list;

$maker.querySelector(".maker__without").hidden = true;
$pick.hidden = $list.hidden = false;

$pick.addEventListener("change", (event) => {
  if (event.target.checked) add(event.target);
  else find(event.target.value).remove();
  hand();
});

$chosen.addEventListener("click", (event) => {
  const act = event.target.dataset.do;
  if (act) move(event.target.closest("li"), act, event.target);
});

document.addEventListener("forget", () => {
  $chosen.replaceChildren();
  $said.textContent = "";
  hand();
});

hand();

function add($box) {
  const $new = $entry.cloneNode(true);
  $new.dataset.id = $box.value;
  $new.querySelector(".maker__title").textContent = $box.dataset.title;
  $new.querySelector(".maker__line").textContent = $box.dataset.line;
  $new.querySelector(".maker__its-address").textContent = $box.dataset.address;
  for (const $button of $new.querySelectorAll("button")) {
    $button.setAttribute("aria-label", `${$button.textContent}: ${$box.dataset.title}`);
  }
  $chosen.append($new);
}

function find(id) {
  return [...$chosen.children].find(($li) => $li.dataset.id === id);
}

function move($li, act, $button) {
  const title = $li.querySelector(".maker__title").textContent;
  if (act === "remove") {
    const $near = $li.nextElementSibling || $li.previousElementSibling;
    [...$pick.elements].find(($box) => $box.value === $li.dataset.id).checked = false;
    $li.remove();
    $near?.querySelector("[data-do=remove]").focus();
    $said.textContent = `${title} is off the list.`;
  } else {
    if (act === "up") $li.previousElementSibling?.before($li);
    else $li.nextElementSibling?.after($li);
    // Moving a node drops its focus.
    $button.focus();
    const place = [...$chosen.children].indexOf($li) + 1;
    $said.textContent = `${title}: place ${place} of ${$chosen.children.length}.`;
  }
  hand();
}

function hand() {
  const ids = [...$chosen.children].map(($li) => $li.dataset.id);
  $hand.hidden = !ids.length;
  $maker.querySelector(".maker__empty").hidden = ids.length > 0;
  if (!ids.length) return;
  const address = base + writeList(ids);
  $maker.querySelector(".maker__address").textContent = address;
  $maker.querySelector("[data-copy]").dataset.copy = address;
  $maker.querySelector(".maker__open").hash = writeList(ids);
  drawQr(address, $maker.querySelector(".qr"));
}
