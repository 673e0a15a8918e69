/**
 * Nothing chosen on a page outlives it: forms are emptied and notes closed when the page is
 * left, and again if the browser brings a kept copy of it back (Back, Forward).
 * @param {Window} view
 */
export function forgetOnLeaving(view) {
  const empty = () => forget(view.document);
  view.addEventListener("pagehide", () => {
    empty();
    // Asked for only now: to listen for the first showing would put that off.
    view.addEventListener("pageshow", empty, { once: true });
  });
}

/**
 * Empties a document: forms, opened notes, and whatever listens for "forget".
 * @param {Document} page
 */
export function forget(page) {
  for (const form of page.forms) form.reset();
  for (const note of page.querySelectorAll("details[open]")) note.open = false;
  page.dispatchEvent(new Event("forget"));
}
