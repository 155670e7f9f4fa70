import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { toJsonText } from "../../lib/json-text.js";

/** Arrays of up to this many items are spelled out item by item; longer ones stay plain arrays. */
const MAX_LENGTH = 10;

/** How much text the spelled-out items of one array may take, so that large items stay readable. */
const MAX_TEXT = 4_000;

/**
 * Makes an array schema's length part of its type, which openapi-typescript writes with its
 * `arrayLength` option: 3 to 3 items → `[T, T, T]`; 1 to 2 → `[T] | [T, T]`; 2 or more → `[T, T,
 * ...T[]]`.
 *
 * The option alone gets ranges wrong (an array of 3 to 5 comes out one item short, and accepts none
 * at all), so a range is split into one schema for each valid length.
 */
export function withExactLengths(schema: JsonObject): JsonObject {
  if (!isArraySchema(schema)) return schema;
  const { minItems, maxItems, ...plain } = schema;
  // These are tuples already (OpenAPI 3.1): the option would nest the tuple in another one.
  if (plain["prefixItems"] !== undefined || !isObject(plain["items"])) return plain;

  const min = isLength(minItems) ? minItems : 0;
  const max = isLength(maxItems) ? maxItems : Infinity;
  const room = Math.floor(MAX_TEXT / toJsonText(plain["items"], 0).length);
  const itemsSpelled = ((min + max) * (max - min + 1)) / 2;
  if (min <= max && max <= MAX_LENGTH && itemsSpelled <= room) return oneOfLengths(plain, min, max);
  return 0 < min && min <= max && min <= Math.min(MAX_LENGTH, room)
    ? { ...plain, items: asItem(plain["items"]), minItems: min }
    : plain;
}

function isArraySchema({ type }: JsonObject): boolean {
  return type === "array" || (Array.isArray(type) && type.includes("array"));
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function oneOfLengths(plain: JsonObject, min: number, max: number): JsonObject {
  const { type, items, ...annotations } = plain;
  const ofLength = (length: number) => ({
    type: "array",
    items: asItem(items),
    minItems: length,
    maxItems: length,
  });
  if (min === max) return { ...plain, ...ofLength(min), type };
  const otherTypes = Array.isArray(type) ? type.filter((one) => one !== "array") : [];
  const lengths = Array.from({ length: max - min + 1 }, (_, index) => ofLength(min + index));
  return {
    ...annotations,
    oneOf: [...lengths, ...otherTypes.map((one: unknown) => ({ type: one }))],
  };
}

/** openapi-typescript adds a level to items that are arrays themselves, unless they are wrapped. */
function asItem(items: unknown): unknown {
  return isObject(items) && "type" in items ? { allOf: [items] } : items;
}
