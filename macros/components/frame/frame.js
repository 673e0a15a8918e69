// What every page needs: leaving at once, forgetting when left, its address to copy or share, its
// contents and its notes.
import { startLeaving } from "../exit/exit.js";
import { forgetOnLeaving } from "../exit/forget.js";
import { startCopying } from "../copy-link/copy-link.js";
import { followReading } from "../contents/contents.js";
import { foldNotes } from "../research-note/research-note.js";

startLeaving(document);
forgetOnLeaving(window);
startCopying(document);
foldNotes(document);
followReading(document);

// The link to another language leads to the section, or the list, that one is at.
document.addEventListener("click", ({ target }) => {
  if (target.hreflang) target.hash = location.hash;
});
