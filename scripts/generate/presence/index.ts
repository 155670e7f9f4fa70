export type { Alternative } from "./prime-implicants.js";
export { presenceOfObject } from "./presence-of-object.js";
export { presenceReader } from "./presence-of-fields.js";
export type { PresenceRule } from "./rules.js";
export { samePresence } from "./same-presence.js";
export type { PresenceConstraint } from "./solve.js";
