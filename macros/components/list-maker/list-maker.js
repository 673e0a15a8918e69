// The reading list's maker: what is ticked becomes a list, its order, its address and its code.
import { drawQr } from "../qr/qr.js";
import { LONGEST, writeList } from "../reading-list/codec.js";

const $maker = document.querySelector("[data-module=list-maker]");
const $pick = $maker.querySelector(".maker__pick");
const $list = $maker.querySelector(".maker__list");
const $chosen = $maker.querySelector(".maker__chosen");
const $share = $maker.querySelector(".maker__share");
const $full = $maker.querySelector(".maker__full");
const $status = $maker.querySelector(".maker__status");
const $entry = $maker.querySelector("template").content.firstElementChild;
const { list: base, part } = $maker.dataset;

$maker.querySelector(".maker__without").hidden = true;
$pick.hidden = $list.hidden = false;

$pick.addEventListener("change", (event) => {
  if (event.target.checked) add(event.target);
  else find(event.target.value).remove();
  renderShareLink();
});

$chosen.addEventListener("click", (event) => {
  // A browser that translates the page wraps the button's word in an element of its own.
  const $button = event.target.closest("[data-do]");
  if ($button) move($button.closest("li"), $button.dataset.do, $button);
});

document.addEventListener("forget", () => {
  $chosen.replaceChildren();
  $status.textContent = "";
  renderShareLink();
});

renderShareLink();

function add($box) {
  const $new = $entry.cloneNode(true);
  $new.dataset.id = $box.value;
  $new.querySelector(".maker__title").textContent = $box.dataset.title;
  const page = $box.closest("fieldset").firstElementChild.textContent;
  $new.querySelector(".maker__line").textContent = $box.dataset.line ?? part.replace("{page}", page);
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
    say("off", { title });
  } else {
    if (act === "up") $li.previousElementSibling?.before($li);
    else $li.nextElementSibling?.after($li);
    // Moving a node drops its focus.
    $button.focus();
    const place = [...$chosen.children].indexOf($li) + 1;
    say("place", { title, place, count: $chosen.children.length });
  }
  renderShareLink();
}

/** Announces one of the sentences of the status, with these values in it. */
function say(name, values) {
  $status.textContent = $status.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function renderShareLink() {
  const ids = [...$chosen.children].map(($li) => $li.dataset.id);
  const address = ids.length ? base + writeList(ids) : "";
  $share.hidden = !address;
  $maker.querySelector(".maker__empty").hidden = ids.length > 0;
  $full.hidden = ids.length < LONGEST;
  for (const $box of $pick.querySelectorAll("input")) $box.disabled = !$full.hidden && !$box.checked;
  // Also when the list is empty: nothing of a former one stays in the page, not even hidden.
  $maker.querySelector(".maker__address").textContent = address;
  $maker.querySelector("[data-copy]").dataset.copy = address;
  $maker.querySelector(".maker__open").hash = ids.length ? writeList(ids) : "";
  if (address) drawQr(address, $maker.querySelector(".qr"));
  else $maker.querySelector(".qr path").removeAttribute("d");
}
