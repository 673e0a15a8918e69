// What every page needs: leaving at once, forgetting when left, and its address to copy.
import { startLeaving } from "../exit/exit.js";
import { forgetOnLeaving } from "../exit/forget.js";
import { startCopying } from "../copy-link/copy-link.js";

startLeaving(document);
forgetOnLeaving(window);
startCopying(document);
