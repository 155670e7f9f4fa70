/** What the other tools use from pull. */
export { fetchText } from "./fetch-text.js";
export { fragmentName } from "./fragment-name.js";
export type { PulledFragment } from "./page-report.js";
export { pullPages, type PullResult } from "./pull-pages.js";
export { runPull } from "./run-pull.js";
export { fragmentText } from "./write-fragments.js";
