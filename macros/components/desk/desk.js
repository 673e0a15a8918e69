// The link desk: leaves what holds every word typed, and says how much that is; draws a code when it
// is opened. The search of Find would double what this page weighs, and a counselor knows its words.
import { drawQr } from "../qr/qr.js";
import { announcer } from "../status/status.js";

const $desk = document.querySelector("[data-module=desk]");
const $form = $desk.querySelector("form");
const $find = $form.querySelector("input");
const $status = $form.querySelector("[role=status]");
const announce = announcer($status);
const $entries = [...$desk.querySelectorAll("[data-entry]")];
const words = new Map($entries.map(($entry) => [$entry, wordsOf($entry)]));

$form.hidden = false;
$find.addEventListener("input", filter);
document.addEventListener("forget", filter);

for (const $code of $desk.querySelectorAll("[data-qr]")) {
  $code.hidden = false;
  $code.addEventListener("toggle", draw, { once: true });
}

function draw({ target }) {
  const $picture = $desk.querySelector("template").content.firstElementChild.cloneNode(true);
  const label = $picture.getAttribute("aria-label").replace("{address}", target.dataset.qr);
  $picture.setAttribute("aria-label", label);
  drawQr(target.dataset.qr, $picture.firstElementChild);
  target.append($picture);
}

/** What an entry is found by: its own words, its page, and what the client faces. */
function wordsOf($entry) {
  const $page = $entry.closest(".desk__parts")?.closest("li").previousElementSibling;
  const $titles = [$entry, $page].map(($one) => $one?.querySelector(".desk__name"));
  const texts = [...$titles, $entry.querySelector(".desk__line")].map(($one) => $one?.textContent);
  return [...texts, $entry.closest("section").getAttribute("aria-label")].join(" ").toLowerCase();
}

function filter() {
  const typed = $find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const $entry of $entries) {
    $entry.hidden = !typed.every((word) => words.get($entry).includes(word));
    left += $entry.hidden ? 0 : 1;
  }
  for (const $group of $desk.querySelectorAll("[data-group]")) {
    $group.hidden = !$group.querySelector("[data-entry]:not([hidden])");
  }
  for (const $parts of $desk.querySelectorAll(".desk__parts")) {
    $parts.open = typed.length > 0 && Boolean($parts.querySelector("[data-entry]:not([hidden])"));
  }
  announce(typed.length ? $status.dataset.found.replace("{count}", left) : "");
}
