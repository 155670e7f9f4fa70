export type { Alternative } from "./prime-implicants.js";
export { presenceOfFields, type FieldPresence } from "./presence-of-fields.js";
export type { PresenceConstraint, PresenceRule } from "./solve.js";
