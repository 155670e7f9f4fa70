/** What the other tools use of merge. */
export { MergeConflictError, type Conflict } from "./conflicts.js";
export { mergeFragments, type MergeOptions, type MergeResult } from "./merge-fragments.js";
export { printDocument } from "./print-document.js";
export { readFolder } from "./read-folder.js";
export { relation } from "./compare.js";
export { announcementOf, readFragment } from "./read-fragment.js";
export { DEFAULTS, runMerge } from "./run-merge.js";
