// The link desk: leaves what the search finds for the words typed, and says how much that is;
// draws a code when it is opened.
import { createSearch } from "../find/search.js";
import { drawQr } from "../qr/qr.js";
import { announcer } from "../status/status.js";

const $desk = document.querySelector("[data-module=desk]");
const $form = $desk.querySelector("form");
const $find = $form.querySelector("input");
const announce = announcer($form.querySelector("[role=status]"));
const $entries = [...$desk.querySelectorAll("[data-entry]")];
let search;

$form.hidden = false;
$find.addEventListener("input", filter);
document.addEventListener("forget", filter);

for (const $code of $desk.querySelectorAll("[data-qr]")) {
  $code.hidden = false;
  $code.addEventListener("toggle", draw, { once: true });
}

function draw({ target }) {
  const $picture = $desk.querySelector("template").content.firstElementChild.cloneNode(true);
  $picture.setAttribute("aria-label", `QR code of ${target.dataset.qr}`);
  drawQr(target.dataset.qr, $picture.firstElementChild);
  target.append($picture);
}

/** An entry as the search knows it. */
function place($entry) {
  const line = $entry.querySelector(".desk__line")?.textContent ?? "";
  const page = $entry.closest("details.desk__parts")?.closest("li").previousElementSibling;
  const name = (one) => one?.querySelector(".desk__name").textContent ?? "";
  return { title: name($entry), page: name(page), line };
}

function filter() {
  const typed = $find.value.trim();
  search ??= createSearch(JSON.parse($desk.querySelector("script").textContent), $entries.map(place));
  const found = typed ? search(typed).found : $entries.keys();
  const left = new Set(Array.from(found, (number) => $entries[number]));
  for (const $entry of $entries) $entry.hidden = !left.has($entry);
  for (const $group of $desk.querySelectorAll("[data-group]")) {
    $group.hidden = !$group.querySelector("[data-entry]:not([hidden])");
  }
  for (const $parts of $desk.querySelectorAll(".desk__parts")) {
    $parts.open = Boolean(typed) && Boolean($parts.querySelector("[data-entry]:not([hidden])"));
  }
  announce(typed ? `${left.size} found` : "");
}
