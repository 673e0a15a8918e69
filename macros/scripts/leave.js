import { forget } from "./forget.js";

// Shift is pressed three times, each press within this many milliseconds of the last. Two
// seconds proved too short for people who press slowly (govuk-design-system, PR 2949).
const WITHIN = 5000;

/**
 * Makes the Leave link, and Shift pressed three times, blank the page at once, forget every
 * answer, and replace this page with the neutral one. Without scripts the link is still a link.
 * @param {Document} page
 */
export function startLeaving(page) {
  const $leave = page.querySelector("[data-module=leave]");
  const $status = page.querySelector(".bar__status");
  let presses = 0;
  let last = 0;
  let alone = false;

  $leave.addEventListener("click", (event) => {
    event.preventDefault();
    leave(page, $leave.href);
  });

  page.addEventListener("keydown", (event) => {
    // A Shift that is held for a capital letter is not a press of its own.
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone) presses = 0;
  });

  page.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = event.timeStamp - last > WITHIN ? 1 : presses + 1;
    last = event.timeStamp;
    if (presses === 3) leave(page, $leave.href);
    else $status.textContent = presses === 1 ? "Leaving: press Shift two more times." : "Leaving: press Shift one more time.";
  });
}

/**
 * Blanks, forgets, goes. Blank first: the rest may take time, the screen must not.
 * @param {Document} page
 * @param {string} href where to go
 */
function leave(page, href) {
  page.documentElement.classList.add("left");
  page.title = "Loading";
  forget(page);
  page.body.replaceChildren();
  page.defaultView.location.replace(href);
}
