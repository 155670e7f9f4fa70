import type { JsonObject } from "../../../src/openapi/json.js";

/** A bound on a value; `exclusive` where the bound itself is not allowed. */
export interface Limit {
  value: number;
  exclusive: boolean;
}

/** Bounds that refuse more the higher they are. The default is what leaving them out means. */
const LOWER = { minimum: undefined, minLength: 0, minItems: 0, minProperties: 0 } as const;
/** Bounds that refuse more the lower they are. */
const UPPER = ["maximum", "maxLength", "maxItems", "maxProperties"] as const;

export type LimitName = keyof typeof LOWER | (typeof UPPER)[number];
export const limitNames = [...Object.keys(LOWER), ...UPPER] as readonly LimitName[];

function isLower(name: LimitName): boolean {
  return Object.hasOwn(LOWER, name);
}

/** Reads the bounds of one schema object, however they are written. */
export function readLimits(schema: JsonObject): Map<LimitName, Limit> {
  const limits = new Map<LimitName, Limit>();
  const add = (name: LimitName, value: unknown, exclusive: boolean): void => {
    if (typeof value !== "number") return;
    if (Object.hasOwn(LOWER, name) && value === LOWER[name as keyof typeof LOWER]) return;
    addLimit(limits, name, { value, exclusive });
  };
  // In 3.0 `exclusiveMinimum` is a boolean beside `minimum`, from 3.1 on a bound of its own.
  add("minimum", schema["minimum"], schema["exclusiveMinimum"] === true);
  add("maximum", schema["maximum"], schema["exclusiveMaximum"] === true);
  add("minimum", schema["exclusiveMinimum"], true);
  add("maximum", schema["exclusiveMaximum"], true);
  for (const name of limitNames) {
    if (name !== "minimum" && name !== "maximum") add(name, schema[name], false);
  }
  return limits;
}

/** Keeps the tighter of two bounds, since both have to hold. */
export function addLimit(limits: Map<LimitName, Limit>, name: LimitName, limit: Limit): void {
  const present = limits.get(name);
  if (!present || isTighter(name, limit, present)) limits.set(name, limit);
}

export function isTighter(
  name: LimitName,
  limit: Limit | undefined,
  than: Limit | undefined,
): boolean {
  if (!limit || !than) return limit !== undefined;
  if (limit.value === than.value) return limit.exclusive && !than.exclusive;
  return isLower(name) ? limit.value > than.value : limit.value < than.value;
}
