import { locatedItems, type ApiDocument, type Located } from "../api-document.js";
import { isObject } from "../../../src/openapi/json.js";
import { isDocsKeyword } from "./keywords.js";

/** The alternatives of a `oneOf` or an `anyOf`, without the one that only stands for null. */
export interface AlternativeGroup {
  kind: "oneOf" | "anyOf";
  pointer: string;
  alternatives: Located[];
  /** Whether null was one of the alternatives. */
  allowsNull: boolean;
  /** The types, where each alternative is a bare type and nothing else. */
  bareTypes: string[] | undefined;
}

export function readGroup(
  document: ApiDocument,
  schema: unknown,
  kind: "oneOf" | "anyOf",
  pointer: string,
): AlternativeGroup | undefined {
  if (!isObject(schema)) return undefined;
  const all = locatedItems(schema[kind], `${pointer}/${kind}`);
  if (all.length === 0) return undefined;
  const resolved = all.map((alternative) => document.resolve(alternative).value);
  const alternatives = all.filter((_, index) => !isOnlyNull(resolved[index]));
  const types = resolved.filter((value) => !isOnlyNull(value)).map(bareTypesOf);
  const areBare = types.length > 1 && types.every((names) => names !== undefined);
  return {
    kind,
    pointer: `${pointer}/${kind}`,
    alternatives,
    allowsNull: alternatives.length < all.length,
    bareTypes: areBare ? types.flat() : undefined,
  };
}

/** `type: "null"` in 3.1, or an enum that holds null alone in 3.0. */
function isOnlyNull(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type, enum: values } = schema;
  if (type === "null" || (Array.isArray(type) && type.length === 1 && type[0] === "null"))
    return true;
  return Array.isArray(values) && values.length === 1 && values[0] === null;
}

function bareTypesOf(schema: unknown): string[] | undefined {
  if (!isObject(schema)) return undefined;
  const constraints = Object.keys(schema).filter((keyword) => !isDocsKeyword(keyword));
  return constraints.length === 1 && constraints[0] === "type" ? typeNames(schema) : undefined;
}

/** The names under `type`, which from 3.1 on can be several. */
export function typeNames(schema: Record<string, unknown>): string[] | undefined {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (!Array.isArray(type)) return undefined;
  return type.filter((name): name is string => typeof name === "string");
}
