/**
 * Marks in the contents the section one is reading: the last whose heading has passed the upper
 * third of the screen. Where the contents are a sheet, Close and Escape go back to where the reader
 * was. Without scripts the contents are the same list, unmarked, and Close leads to the top.
 * @param {Document} page
 */
export function followReading(page) {
  const start = () => {
    const $close = page.querySelector(".map__close");
    if (!$close) return;
    let opened = false;
    page.querySelector("[href='#contents']")?.addEventListener("click", () => (opened = true));
    page.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && location.hash === "#contents") $close.click();
    });
    $close.addEventListener("click", (event) => {
      // Opened here: the page before it in the history is this one, where it was being read.
      if (!opened) return;
      event.preventDefault();
      history.back();
    });

    const $links = [...page.querySelectorAll(".map__sections [href^='#']")];
    const passed = new Map();
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) passed.set(`#${target.id}`, isIntersecting);
      const $here = $links.filter(({ hash }) => passed.get(hash)).pop();
      for (const $link of $links) $link.setAttribute("aria-current", $link === $here);
    }, { rootMargin: "0px 0px -66% 0px" });
    for (const $section of page.querySelectorAll(".section")) seen.observe($section);
  };
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", start);
  else start();
}
