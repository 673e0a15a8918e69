/**
 * Makes what carries `data-copy` copy its value, or, for a link to a section, the page's own
 * lasting address with that section; without scripts such a link is a link. What carries
 * `data-share` opens the system's share sheet with that address, or copies it where there is none.
 * Also shows and serves the buttons that print. What it announces, the place for it has as data.
 * @param {Document} page
 */
export function startCopying(page) {
  const tools = "[data-copy], [data-share], [data-print]";
  let announced = false;
  const announce = (name) => {
    const $status = page.querySelector(".bar__status");
    // Only what was said here is taken back: Leave counts its presses in the same place.
    if (name || announced) $status.textContent = $status.dataset[name] ?? "";
    announced = name;
  };
  const clear = () => announce("");
  const reveal = () => {
    for (const $tool of page.querySelectorAll(tools)) $tool.hidden = false;
  };

  // This script does not wait for the page, so that Leave need not.
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", reveal);
  else reveal();
  page.addEventListener("pointerdown", clear);
  page.addEventListener("keydown", clear);
  page.addEventListener("click", async (event) => {
    const $tool = event.target.closest(tools);
    if (!$tool || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { copy, share, print } = $tool.dataset;
    if (print !== undefined) {
      page.defaultView.print();
      return;
    }
    event.preventDefault();
    const url = page.querySelector("link[rel=canonical]").href + ($tool.hash ?? "");
    if (share !== undefined && navigator.share) {
      // Whoever closes the share sheet has decided against it: nothing more to do.
      navigator.share({ title: page.title, url }).catch(() => {});
      return;
    }
    try {
      await navigator.clipboard.writeText(copy || url);
      announce("copied");
    } catch {
      if ($tool.hash) page.defaultView.location.hash = $tool.hash;
      else announce("refused");
    }
  });
}
