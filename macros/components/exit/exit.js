import { forget } from "./forget.js";

// Shift is pressed three times, each press within this many milliseconds of the last. Two
// seconds proved too short for people who press slowly (govuk-design-system, PR 2949).
const WITHIN = 5000;

const LINK = "[data-module=leave]";

// What is announced, by how often Shift has been pressed.
const ANNOUNCEMENTS = ["", "Leaving: press Shift two more times.", "Leaving: press Shift one more time."];

/**
 * Makes the Leave link, and Shift pressed three times, blank the page at once, forget every
 * answer, and replace this page with the neutral one. Without scripts the link is still a link.
 * The page may not be all here yet: nothing in it is looked up before it is needed.
 * @param {Document} page
 */
export function startLeaving(page) {
  const view = page.defaultView;
  let presses = 0;
  let alone = false;
  let timer;
  let title;

  const leave = () => {
    // Blank first: the rest may take time, the screen must not. Hidden and not removed, so that
    // the page is whole again should the browser bring a kept copy of it back.
    page.body.hidden = true;
    title ??= page.title;
    page.title = "Loading";
    view.addEventListener("pageshow", comeBack);
    forget(page);
    view.location.replace(page.querySelector(LINK).href);
  };

  // The first showing may be yet to come, if the page was left while it loaded.
  const comeBack = ({ persisted }) => {
    if (!persisted) return;
    page.title = title;
    page.body.hidden = false;
  };

  const count = (now) => {
    presses = now;
    page.querySelector(".bar__status").textContent = ANNOUNCEMENTS[now];
    clearTimeout(timer);
    if (now) timer = setTimeout(count, WITHIN, 0);
  };

  page.addEventListener("click", (event) => {
    if (!event.target.closest(LINK)) return;
    event.preventDefault();
    leave();
  });

  page.addEventListener("keydown", (event) => {
    // A Shift that goes with a letter, another modifier or a click is not a press of its own.
    // Nor is one in a field where people type.
    const shift = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!shift || page.querySelector(":focus:read-write")) {
      alone = false;
      if (presses) count(0);
    } else if (!event.repeat) alone = true;
  });

  page.addEventListener("pointerdown", () => (alone = false));

  page.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    if (presses === 2) leave();
    else count(presses + 1);
  });

  page.addEventListener("forget", () => count(0));
}
