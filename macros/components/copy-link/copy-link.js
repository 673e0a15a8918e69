/**
 * Makes what carries `data-copy` copy its value, or, for a link to a section, the page's own
 * lasting address with that section; without scripts such a link is a link. What carries
 * `data-share` opens the system's share sheet with that address, or copies it where there is none.
 * Also shows and serves the buttons that print.
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
    for (const $button of page.querySelectorAll("[data-copy], [data-share], [data-print]")) $button.hidden = false;
  };

  // This script does not wait for the page, so that Leave need not.
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", reveal);
  else reveal();
  page.addEventListener("pointerdown", clearStatus);
  page.addEventListener("keydown", clearStatus);
  page.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) page.defaultView.print();
    const $button = event.target.closest("[data-copy], [data-share]");
    if (!$button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = page.querySelector("link[rel=canonical]").href + ($button.hash ?? "");
    if ("share" in $button.dataset && navigator.share) {
      // Whoever closes the share sheet has decided against it: nothing more to do.
      navigator.share({ title: page.title, url: address }).catch(() => {});
      return;
    }
    try {
      await navigator.clipboard.writeText($button.dataset.copy || address);
      announce("Copied.");
    } catch {
      if ($button.hash) page.defaultView.location.hash = $button.hash;
      else announce("This browser does not let us copy. Select the text instead.");
    }
  });
}
