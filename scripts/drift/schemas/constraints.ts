import { jsonEquals, valuesMissingFrom } from "../../../src/openapi/equality.js";
import { listAt, type JsonObject } from "../../../src/openapi/json.js";
import { inWords } from "../compare/change.js";
import type { Limit, LimitName, SchemaComparison, SchemaNode } from "./schema-node.js";

/** Compares the restrictions on values: enums, patterns and bounds. */
export function compareConstraints(node: SchemaNode, comparer: SchemaComparison): void {
  compareEnums(node);
  compareListedNull(node, comparer);
  comparePatterns(node);
  compareLimits(node);
  compareMultiples(node);
  compareUniqueness(node);
}

/** The values other than null that every `enum` and `const` allows; `undefined` for any. */
export function readValues(objects: readonly JsonObject[]): unknown[] | undefined {
  const [first, ...rest] = objects.flatMap(listsOf);
  const common = rest.reduce(
    (kept, list) => kept?.filter((value) => valuesMissingFrom(list, [value]).length === 0),
    first,
  );
  return common?.filter((value) => value !== null);
}

/** Whether the allowed values include null; `undefined` if any value is allowed. */
export function readListsNull(objects: readonly JsonObject[]): boolean | undefined {
  const lists = objects.flatMap(listsOf);
  return lists.length > 0 ? lists.every((values) => values.includes(null)) : undefined;
}

function listsOf(schema: JsonObject): unknown[][] {
  const constant = Object.hasOwn(schema, "const") ? [[schema["const"]]] : [];
  return [...constant, ...(Array.isArray(schema["enum"]) ? [schema["enum"] as unknown[]] : [])];
}

function compareEnums(node: SchemaNode): void {
  const { values: base } = node.base;
  const { values: revision } = node.revision;
  const values = { base, revision };
  if (!base && !revision) return;
  if (!base) node.record("enum-added", ["enum"], `only takes ${list(revision ?? [])} now`, values);
  else if (!revision)
    node.record("enum-removed", ["enum"], `is no longer limited to ${list(base)}`, values);
  else compareValues(node, base, revision);
}

function compareValues(node: SchemaNode, base: readonly unknown[], revision: readonly unknown[]) {
  const values = { base, revision };
  const gone = valuesMissingFrom(revision, base);
  const added = valuesMissingFrom(base, revision);
  if (gone.length === base.length && added.length > 0) {
    const text = `takes ${list(revision)} in place of ${list(base)}`;
    node.record("enum-replaced", ["enum"], text, values);
    return;
  }
  if (gone.length > 0)
    node.record("enum-value-removed", ["enum"], `no longer takes ${list(gone)}`, values);
  if (added.length > 0)
    node.record("enum-value-added", ["enum"], `also takes ${list(added)}`, values);
}

/**
 * Authors who write a type with null, or `nullable`, mean to allow null, although strictly the
 * values must list it as well. If it is only added because another version requires it, that is not
 * a new value.
 */
function compareListedNull(node: SchemaNode, comparer: SchemaComparison): void {
  const { listsNull: base, nullable } = node.base;
  const { listsNull: revision } = node.revision;
  const isNews = base !== undefined && revision !== undefined && base !== revision;
  if (!isNews || nullable !== node.revision.nullable) return;
  const [ours, theirs] = [comparer.base.document, comparer.revision.document];
  const isSameVersion = ours.refsHaveSiblings === theirs.refsHaveSiblings;
  const rule = revision ? "enum-value-added" : "enum-value-removed";
  const text = revision ? "also takes null" : "no longer takes null";
  node.record(isSameVersion ? rule : "docs-changed", ["enum"], text);
}

function list(values: readonly unknown[]): string {
  return values.map(inWords).join(", ") || "no value";
}

const MATCH_ANYTHING: readonly unknown[] = ["", ".*"];

/** Every pattern that rejects some text, sorted. */
export function readPatterns(objects: readonly JsonObject[]): string[] {
  const patterns = objects
    .map(({ pattern }) => pattern)
    .filter((pattern) => typeof pattern === "string" && !MATCH_ANYTHING.includes(pattern));
  return [...new Set(patterns as string[])].sort();
}

function comparePatterns(node: SchemaNode): void {
  const { patterns: base } = node.base;
  const { patterns: revision } = node.revision;
  if (jsonEquals(base, revision)) return;
  const values = { base: base.join(" and "), revision: revision.join(" and ") };
  const gone = valuesMissingFrom(revision, base);
  const added = valuesMissingFrom(base, revision);
  if (gone.length === 0)
    node.record("pattern-added", ["pattern"], `has to match ${list(added)}`, values);
  else if (added.length === 0)
    node.record("pattern-removed", ["pattern"], `no longer has to match ${list(gone)}`, values);
  else {
    const text = `has to match ${list(added)} in place of ${list(gone)}`;
    node.record("pattern-changed", ["pattern"], text, values);
  }
}

/** Bounds that reject more the higher they are, and what omitting them means. */
const LOWER_LIMITS = {
  minimum: undefined,
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  minContains: undefined,
} satisfies Partial<Record<LimitName, number | undefined>>;
/** Bounds that reject more the lower they are. */
const UPPER_LIMITS = [
  ...(["maximum", "maxLength", "maxItems", "maxProperties", "maxContains"] as const),
] as const;
const LIMITS = [...Object.keys(LOWER_LIMITS), ...UPPER_LIMITS] as readonly LimitName[];

const READ_APART: readonly LimitName[] = ["minimum", "maximum", "minContains"];

function isLower(name: LimitName): name is keyof typeof LOWER_LIMITS {
  return Object.hasOwn(LOWER_LIMITS, name);
}

/** The tightest of each bound, however it is written. */
export function readLimits(objects: readonly JsonObject[]): Map<LimitName, Limit> {
  const limits = new Map<LimitName, Limit>();
  const add = (name: LimitName, value: unknown, exclusive: boolean): void => {
    if (typeof value !== "number" && typeof value !== "bigint") return;
    if (isLower(name) && value === LOWER_LIMITS[name]) return;
    const limit = { value, exclusive };
    const present = limits.get(name);
    if (!present || isTighter(name, limit, present)) limits.set(name, limit);
  };
  for (const schema of objects) {
    // In 3.0 `exclusiveMinimum` is a boolean next to `minimum`; since 3.1 it is a bound of its own.
    add("minimum", schema["minimum"], schema["exclusiveMinimum"] === true);
    add("maximum", schema["maximum"], schema["exclusiveMaximum"] === true);
    add("minimum", schema["exclusiveMinimum"], true);
    add("maximum", schema["exclusiveMaximum"], true);
    if ("contains" in schema) add("minContains", schema["minContains"] ?? 1, false);
    // No item may follow those that `prefixItems` describes.
    if (schema["items"] === false) add("maxItems", listAt(schema, "prefixItems").length, false);
    for (const name of LIMITS) if (!READ_APART.includes(name)) add(name, schema[name], false);
  }
  return limits;
}

function isTighter(name: LimitName, limit: Limit | undefined, than: Limit | undefined): boolean {
  if (!limit || !than) return limit !== undefined;
  if (limit.value === than.value) return limit.exclusive && !than.exclusive;
  return isLower(name) ? limit.value > than.value : limit.value < than.value;
}

function compareLimits(node: SchemaNode): void {
  const haveContains = [node.base, node.revision].every(({ others }) => others.has("contains"));
  for (const name of LIMITS) {
    if (name.endsWith("Contains") && !haveContains) continue; // `contains` was added or removed.
    const base = node.base.limits.get(name);
    const revision = node.revision.limits.get(name);
    const values = { base: base?.value, revision: revision?.value };
    const text = `${name} changed from ${limitInWords(base)} to ${limitInWords(revision)}`;
    if (isTighter(name, revision, base)) node.record("limit-tightened", [name], text, values);
    else if (isTighter(name, base, revision)) node.record("limit-relaxed", [name], text, values);
  }
}

function limitInWords(limit: Limit | undefined): string {
  if (!limit) return "none";
  return limit.exclusive ? `${limit.value} (not included)` : String(limit.value);
}

export function readMultiples(objects: readonly JsonObject[]): number[] {
  const multiples = objects.map((schema) => schema["multipleOf"]);
  return [...new Set(multiples.filter((value) => typeof value === "number"))].sort((a, b) => a - b);
}

function compareMultiples(node: SchemaNode): void {
  const { multiplesOf: base } = node.base;
  const { multiplesOf: revision } = node.revision;
  if (jsonEquals(base, revision)) return;
  const numbers = (multiples: readonly number[]) => multiples.join(" and ") || "none";
  const text = `multipleOf changed from ${numbers(base)} to ${numbers(revision)}`;
  const isNarrowed = base.every((step) => revision.some((value) => isMultiple(value, step)));
  const isWidened = revision.every((step) => base.some((value) => isMultiple(value, step)));
  const rule = isNarrowed ? "limit-tightened" : isWidened ? "limit-relaxed" : "limit-changed";
  node.record(rule, ["multipleOf"], text, { base: base[0], revision: revision[0] });
}

/** Handles decimals: 0.3 is a multiple of 0.1, although `0.3 % 0.1` is not 0. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
}

function compareUniqueness(node: SchemaNode): void {
  const { uniqueItems: base } = node.base;
  const { uniqueItems: revision } = node.revision;
  if (base === revision) return;
  const rule = revision ? "limit-tightened" : "limit-relaxed";
  const text = revision ? "items have to be unique now" : "items may repeat now";
  node.record(rule, ["uniqueItems"], text, { base, revision });
}
