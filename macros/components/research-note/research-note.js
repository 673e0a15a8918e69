/**
 * Research notes come open. Where there is no column for them beside the text, each becomes one
 * line that opens in place. On paper all are open.
 * @param {Document} page
 */
export function foldNotes(page) {
  const wide = window.matchMedia("(min-width: 44rem)");
  const aside = CSS.supports("grid-template-columns", "subgrid");
  const fold = (event) => {
    const open = event?.type === "beforeprint" || (aside && wide.matches);
    for (const note of page.querySelectorAll(".note")) note.open = open;
    page.documentElement.dataset.notes = "";
  };
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", fold);
  else fold();
  wide.addEventListener("change", fold);
  page.addEventListener("forget", fold);
  window.addEventListener("beforeprint", fold);
  window.addEventListener("afterprint", fold);
}
