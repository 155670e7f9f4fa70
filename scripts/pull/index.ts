/** What the other tools use of pull. */
export { fetchText } from "./fetch-text.js";
export { fragmentName } from "./fragment-name.js";
export { pullPages, type PulledFragment, type PullResult } from "./pull-pages.js";
export { runPull } from "./run-pull.js";
export { fragmentText, writeFragments } from "./write-fragments.js";
