// What every page needs: leaving at once, and forgetting when left.
import { startLeaving } from "./leave.js";
import { forgetOnLeaving } from "./forget.js";

startLeaving(document);
forgetOnLeaving(window);
