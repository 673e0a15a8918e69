// What every page needs: leaving at once, forgetting when left, and its address to copy.
import { startLeaving } from "./leave.js";
import { forgetOnLeaving } from "./forget.js";
import { startCopying } from "./copy.js";

startLeaving(document);
forgetOnLeaving(window);
startCopying(document);
