/**
 * Makes what carries `data-copy` copy a plain address: its value, or, for a link to a section,
 * the page's own lasting address with that section. Without scripts, or where copying is not
 * allowed, such a link is a link. Also shows and serves the buttons that print.
 * @param {Document} page
 */
export function startCopying(page) {
  const status = () => page.querySelector(".bar__status");
  let announced = false;
  const announce = (text) => {
    status().textContent = text;
    announced = true;
  };
  // Only what was said here: Leave counts its presses in the same place.
  const clearStatus = () => {
    if (announced) status().textContent = "";
    announced = false;
  };
  const reveal = () => {
    for (const $button of page.querySelectorAll("[data-copy], [data-print]")) $button.hidden = false;
  };

  // This script does not wait for the page, so that Leave need not.
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", reveal);
  else reveal();
  page.addEventListener("pointerdown", clearStatus);
  page.addEventListener("keydown", clearStatus);
  page.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) page.defaultView.print();
    const $copy = event.target.closest("[data-copy]");
    if (!$copy || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText($copy.dataset.copy || page.querySelector("link[rel=canonical]").href + $copy.hash);
      announce("Address copied.");
    } catch {
      if ($copy.hash) page.defaultView.location.hash = $copy.hash;
      else announce("This browser does not let us copy. Select the address instead.");
    }
  });
}
