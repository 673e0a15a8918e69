/**
 * Research notes come open. On a narrow screen each becomes one line that opens in place.
 * @param {Document} page
 */
export function foldNotes(page) {
  const narrow = window.matchMedia("(max-width: 43.99rem)");
  const fold = () => {
    for (const note of page.querySelectorAll(".note")) note.open = !narrow.matches;
    page.documentElement.dataset.notes = "";
  };
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", fold);
  else fold();
  narrow.addEventListener("change", fold);
  page.addEventListener("forget", fold);
}
