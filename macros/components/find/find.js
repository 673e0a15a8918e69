/**
 * The list of everything, shortened to what has the typed words. Nothing is asked of any
 * server: the words to look in stand in the page. What was typed goes when the page is left.
 */
import { announcer } from "../status/status.js";

const $find = document.querySelector("[data-module=find]");

startFinding($find);

/**
 * Puts the field in place and shows only what matches it.
 * @param {HTMLElement} $root the list with its field in a template
 */
function startFinding($root) {
  $root.prepend($root.querySelector("template").content.cloneNode(true));
  const $field = $root.querySelector("input");
  const announce = announcer($root.querySelector(".find__count"));
  const $none = $root.querySelector(".find__none");
  const groups = [...$root.querySelectorAll(".find__group")].map(($group) => ({
    $group,
    heading: plainWords($group.querySelector("h2").textContent),
    lines: [...$group.querySelectorAll("li")].map(($line) => ({
      $line,
      words: plainWords(`${$line.textContent} ${$line.dataset.words}`),
    })),
  }));
  const show = () => {
    const typed = plainWords($field.value);
    let shown = 0;
    for (const { $group, heading, lines } of groups) {
      const whole = typed.length > 0 && hasAll(heading, typed);
      let here = 0;
      for (const { $line, words } of lines) {
        $line.hidden = !whole && !hasAll(words, typed);
        if (!$line.hidden) here += 1;
      }
      $group.hidden = here === 0 && !whole && typed.length > 0;
      shown += here || (whole ? 1 : 0);
    }
    $none.hidden = shown > 0;
    announce(typed.length > 0 ? inWords(shown) : "");
  };

  $field.addEventListener("input", show);
  document.addEventListener("forget", () => {
    $field.value = "";
    show();
  });
}

/**
 * @param {string} text
 * @returns {string[]} its words in small letters, without accents or apostrophes
 */
function plainWords(text) {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f'\u2019]/g, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * @param {string[]} words
 * @param {string[]} typed
 * @returns {boolean} whether each typed word begins one of the words
 */
function hasAll(words, typed) {
  return typed.every((start) => words.some((word) => word.startsWith(start)));
}

/**
 * @param {number} shown
 * @returns {string}
 */
function inWords(shown) {
  if (shown === 0) return "Nothing found";
  return shown === 1 ? "1 line found" : `${shown} lines found`;
}
