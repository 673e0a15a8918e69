/**
 * Find: results at every key, help above them when the words speak of danger, and the whole list
 * while nothing is typed. Nothing is asked of any server: the words to look in stand in the page.
 * What was typed, and the country chosen, go when the page is left.
 */
import { announcer } from "../status/status.js";
import { createSearch } from "./search.js";

const $find = document.querySelector("[data-module=find]");

startFinding($find);

/**
 * Puts the field in place and answers what is typed into it.
 * @param {HTMLElement} $root the list, the index and the parts in templates
 */
function startFinding($root) {
  const $form = $root.querySelector("[data-field]").content.firstElementChild.cloneNode(true);
  $root.prepend($form);
  const $field = $form.querySelector("input");
  const $found = $root.querySelector(".find__found");
  const $results = $root.querySelector(".find__results");
  const $count = $root.querySelector(".find__count");
  const announce = announcer($count);
  const { none, one, many } = $count.dataset;
  const groups = [...$root.querySelectorAll(".find__group")];
  const places = readPlaces($root);
  const showHelp = helpIn($root);
  let search;
  const prepare = () => {
    search ??= createSearch(JSON.parse($root.querySelector("script").textContent), places);
  };

  const show = () => {
    const typed = $field.value.trim();
    prepare();
    const { help, found } = typed ? search(typed) : { help: -1, found: [] };
    showHelp(help);
    $results.replaceChildren(...found.map((number) => result(places[number])));
    $found.hidden = !typed;
    for (const $group of groups) $group.hidden = Boolean(typed) && ($group !== groups[0] || found.length > 3);
    announce(typed && ([none, one][found.length] ?? many.replace("{count}", found.length)));
  };

  $field.addEventListener("input", show);
  $form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Puts away a phone's keyboard, which covers the results.
    $field.blur();
  });
  $found.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    groups[0].hidden = false;
    groups[0].querySelector("a").focus();
  });
  // By then the form has been emptied, and what was found goes as well.
  document.addEventListener("forget", show);
  if ($field.value) show();
  // Not while the page is drawn, but before the first key, which would have to wait for it.
  setTimeout(prepare, 200);
}

/**
 * The places the index speaks of, in its order.
 * @param {HTMLElement} $root
 * @returns {{title: string, page: string, line: string, href: string}[]}
 */
function readPlaces($root) {
  return [...$root.querySelectorAll("[data-page]")].flatMap(($page) => {
    const $own = $page.querySelector("h2 a");
    const page = $own.textContent;
    const own = { title: page, page: "", line: $page.querySelector("p").textContent, href: $own.href };
    const parts = [...$page.querySelectorAll("li")].map(($part) => {
      const $link = $part.querySelector("a");
      return { title: $link.textContent, page, line: "", href: $link.href };
    });
    return [own, ...parts];
  });
}

/**
 * One result: its name, what it answers, its page.
 * @returns {HTMLLIElement}
 */
function result({ title, page, line, href }) {
  const $link = element("a", element("b", title));
  $link.href = href;
  if (line) $link.append(element("span", line));
  if (page) $link.append(element("small", page));
  return element("li", $link);
}

function element(name, ...children) {
  const $made = document.createElement(name);
  $made.append(...children);
  return $made;
}

/**
 * Shows a kind of help, with numbers for a country that is chosen here and kept nowhere else.
 * @param {HTMLElement} $root
 * @returns {(kind: number) => void} -1 takes the help away
 */
function helpIn($root) {
  const $help = $root.querySelector(".find__help");
  const kinds = [...$root.querySelectorAll("[data-help]")];
  const $ways = $root.querySelector("[data-ways]");
  let shown = -1;
  let country = "";

  const choose = () => {
    for (const $one of $help.querySelectorAll("[data-country]")) $one.hidden = $one.dataset.country !== country;
  };
  return (kind) => {
    // The same help again would be read out again.
    if (kind === shown) return;
    shown = kind;
    $help.hidden = kind < 0;
    $help.replaceChildren();
    if (kind < 0) return;
    for (const $part of [kinds[kind], $ways]) $help.append($part.content.cloneNode(true));
    for (const $service of $help.querySelectorAll("[data-for]")) {
      if (!$service.dataset.for.split(" ").includes(String(kind))) $service.remove();
    }
    const $select = $help.querySelector("select");
    for (const $one of $help.querySelectorAll("[data-country]")) $select.append(new Option($one.dataset.country));
    $select.value = country;
    $select.addEventListener("change", () => {
      country = $select.value;
      choose();
    });
    choose();
  };
}
