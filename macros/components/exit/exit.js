import { forget } from "./forget.js";

// Shift is pressed three times, each press within this many milliseconds of the last. Two
// seconds proved too short for people who press slowly (govuk-design-system, PR 2949).
const WITHIN = 5000;

const LINK = "[data-module=leave]";

/**
 * Makes the Leave link, and Shift pressed three times, blank the page at once, forget every
 * answer, and replace this page with the neutral one. Without scripts the link is still a link.
 * The link has the words: the title of the blank page, and what is announced at each press.
 * The page may not be all here yet: nothing in it is looked up before it is needed.
 * @param {Document} page
 */
export function startLeaving(page) {
  const view = page.defaultView;
  let presses = 0;
  let alone = false;
  let timer;
  let title;

  const link = () => page.querySelector(LINK);

  const leave = () => {
    // Blank first: the rest may take time, the screen must not. Hidden and not removed, so that
    // the page is whole again should the browser bring a kept copy of it back.
    page.body.hidden = true;
    title ??= page.title;
    // Whatever of the page is not there yet, the answers go.
    page.title = link()?.dataset.title ?? "…";
    view.addEventListener("pageshow", comeBack);
    forget(page);
    view.location.replace(link().href);
  };

  // The first showing may be yet to come, if the page was left while it loaded.
  const comeBack = ({ persisted }) => {
    if (!persisted) return;
    page.title = title;
    page.body.hidden = false;
  };

  const count = (now) => {
    presses = now;
    const { twice, once } = link().dataset;
    page.querySelector(".bar__status").textContent = ["", twice, once][now];
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
