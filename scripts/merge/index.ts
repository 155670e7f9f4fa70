/** What the other tools use from merge. */
export { mergeFragments } from "./merge-fragments.js";
export { printDocument } from "./print-document.js";
export { relation } from "./compare.js";
export { announcementOf, readFragment } from "./read-fragment.js";
export { DEFAULTS, runMerge } from "./run-merge.js";
