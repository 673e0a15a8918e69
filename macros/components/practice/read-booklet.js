/**
 * The scenes as the page has them: the rendered booklet is the data. An ending is its own element.
 * @param {HTMLFormElement} form
 * @returns {import("./walk.js").Book}
 */
export function readBooklet(form) {
  const book = { scenes: new Map(), endings: new Map() };
  for (const $entry of form.querySelectorAll(".entry")) {
    const number = numberIn($entry.firstElementChild);
    if ($entry.dataset.apart) book.scenes.set(number, readScene($entry));
    else book.endings.set(number, $entry);
  }
  return book;
}

/**
 * @param {HTMLFormElement} form
 * @returns {{title: string, people: string, setting: string, first: number}[]}
 */
export function readOpenings(form) {
  return [...form.querySelectorAll("section[id]")].map(($opening) => {
    const [title, people, setting] = [...$opening.children].map(({ textContent }) => textContent);
    return { title, people, setting, first: numberIn($opening.querySelector("h3")) };
  });
}

/** A scene: what is seen, what is said, then replies; or a number to go to at once. */
function readScene($scene) {
  const find = (selector) => $scene.querySelector(`:scope > ${selector}`);
  const $to = find("p > b");
  return {
    apart: Number($scene.dataset.apart),
    stage: find("h3 + p:not(:has(*))")?.textContent ?? "",
    line: find("p > q")?.textContent ?? "",
    replies: [...$scene.querySelectorAll("li")].map(readReply),
    to: $to ? numberIn($to) : 0,
  };
}

/** A reply: its kind, what is said (`q`) or done, what it may do, and where it leads. */
function readReply($reply) {
  const [$kind, $words, $effect] = $reply.children;
  return {
    kind: $kind.textContent,
    words: $words.textContent,
    silent: $words.localName !== "q",
    effect: $effect.firstChild.data,
    to: numberIn($effect),
  };
}

/** The number at the end of a text, like "Go to 12". */
function numberIn($element) {
  return Number($element.textContent.match(/\d+\s*$/)[0]);
}
