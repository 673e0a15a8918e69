// A client's reading list: of everything there is to read, shows what the address names, in order.
import { readList } from "./codec.js";

const $reading = document.querySelector("[data-module=reading-list]");
const $list = $reading.querySelector(".reading__list");
const $all = $reading.querySelector(".reading__all");
const $entries = [...$all.querySelectorAll("[data-id]")];
const known = new Map();
for (const $entry of $entries) {
  for (const was of ($entry.dataset.was || "").split(" ")) known.set(was, $entry);
}
for (const $entry of $entries) known.set($entry.dataset.id, $entry);

// An address without a list shows the page as it was sent.
if (location.hash) show();
window.addEventListener("hashchange", show);

function show() {
  // The skip link and the link to the foot of the page are addresses too, and no lists.
  const fragment = location.hash;
  if (document.getElementById(fragment.slice(1))) return;
  const ids = readList(fragment);
  const picked = new Set(ids.map((id) => known.get(id)).filter(Boolean));
  $list.querySelector("ol").replaceChildren(...[...picked].map(listed));
  $list.querySelector(".reading__unknown").hidden = ids.every((id) => known.has(id)) && (ids.length > 0 || !fragment);
  $list.hidden = !fragment;
  $all.hidden = picked.size > 0;
}

/** An entry of the list: a copy, because the whole stays as it was sent. */
function listed($entry) {
  const $line = document.createElement("li");
  $line.append(...$entry.cloneNode(true).childNodes);
  $line.querySelector(".reading__line").hidden = false;
  return $line;
}
