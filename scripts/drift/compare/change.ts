import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import type { Located } from "../../../src/openapi/references.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import { toJsonText } from "../../lib/json-text.js";
import { ruleOf, type Direction, type Level, type RuleId } from "../rules.js";

/** A location in one of the two documents, and its value. */
export interface Place {
  /** JSON Pointer; if the value is missing, the location where it would be. */
  pointer: string;
  value?: unknown;
}

/** What happened, without a full stop: one text, or one for each direction. */
export type Wording = string | Record<Direction, string>;

/** One difference, before we know which operations it reaches and what it means for them. */
export interface Change {
  rule: RuleId;
  text: Wording;
  base: Place;
  revision: Place;
  /**
   * What the finding's id is made from, besides the rule. It stays the same when the wording or a
   * location improves.
   */
  identity: { pointer: string; text: string };
  /** The rule that replaces `rule` if the value is sent as text. */
  onText?: Partial<Record<Direction, RuleId>>;
  /** The rule that replaces `rule` if the changed schema is that of an optional parameter. */
  onOptionalParameter?: RuleId;
  /** The direction in which the changed part is never sent: requests, if it is read-only. */
  excludedFrom?: Direction | undefined;
}

/** The circumstances in which a changed schema is used. */
export interface Circumstances {
  direction: Direction;
  /** Whether the value is sent as text. */
  isText?: boolean;
  /**
   * Whether the changed schema is that of an optional parameter, rather than of something inside
   * it.
   */
  isOptionalParameter?: boolean;
}

/**
 * What a change means to one of its uses.
 *
 * @param excludedFrom the direction in which the changed part is never sent, so that it breaks
 * nobody there
 */
export function meaningOf(
  change: Change,
  use: Circumstances,
  excludedFrom?: Direction,
): { rule: RuleId; level: Level } {
  const rule = ruleFor(change, use);
  const level = ruleOf(rule)[use.direction];
  const isExcluded = [excludedFrom, change.excludedFrom].includes(use.direction);
  return { rule, level: isExcluded && level === "breaking" ? "additive" : level };
}

function ruleFor(change: Change, use: Circumstances): RuleId {
  if (use.isOptionalParameter && change.onOptionalParameter) return change.onOptionalParameter;
  const onText = use.isText ? change.onText?.[use.direction] : undefined;
  return onText ?? change.rule;
}

export function place(pointer: string, value: unknown): Place {
  return value === undefined ? { pointer } : { pointer, value };
}

/** A value as shown in a sentence; long ones are truncated. */
export function inWords(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = toJsonText(value, 0);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A change outside schemas, and the operation that it concerns. */
export interface Difference {
  change: Change;
  /** `undefined` if the change concerns the document as a whole. */
  operation: string | undefined;
  /** `undefined` if the change concerns the operation as a whole. */
  direction: Direction | undefined;
}

/** Something in the base, paired with its counterpart in the revision. */
export interface Pair<Value = JsonObject> {
  base: Located<Value>;
  revision: Located<Value>;
}

/** The members of two objects under the same key. */
export function membersAt({ base, revision }: Pair, key: string): Pair<unknown> {
  return { base: memberAt(base, key), revision: memberAt(revision, key) };
}

const DOCS_KEYS = new Set([
  ...[
    "summary",
    "description",
    "tags",
    "externalDocs",
    "example",
    "examples",
    "jsonSchemaDialect",
    "bearerFormat",
  ],
]);

/** Records that a parameter or a header was deprecated, or is no longer deprecated. */
export function compareDeprecation(
  differences: Differences,
  pair: Pair,
  name: string,
  about: About,
): void {
  const deprecated = membersAt(pair, "deprecated");
  const isDeprecated = deprecated.revision.value === true;
  if ((deprecated.base.value === true) === isDeprecated) return;
  const text = `${name} ${isDeprecated ? "became" : "is no longer"} deprecated`;
  const formerly = `deprecation of ${name} changed`;
  differences.add("deprecation-changed", text, deprecated, { ...about, formerly });
}

/** Whether a key of any object except a schema holds text for the reader. */
export function isDocsKey(key: string): boolean {
  return DOCS_KEYS.has(key) || key.startsWith("x-");
}

/**
 * What a key must hold for its comparison to understand it. Schemas are read whatever they hold.
 */
export type Kind = "object" | "list" | "string" | "boolean" | "schema";

/** What a difference outside schemas concerns. */
export interface About {
  /** `undefined` if the change concerns the document as a whole. */
  operation?: string | undefined;
  /** `undefined` if the change concerns the operation as a whole. */
  direction?: Direction | undefined;
  /** The previous wording, if it changed, so that the finding keeps its id. */
  formerly?: string;
}

/** Collects the differences outside schemas. */
export class Differences {
  readonly found: Difference[] = [];

  constructor(readonly documents: { base: ApiDocument; revision: ApiDocument }) {}

  add(rule: RuleId, text: string, { base, revision }: Pair<unknown>, about: About = {}): void {
    const { operation, direction, formerly = text } = about;
    const change = {
      ...{ rule, text, identity: { pointer: base.pointer, text: formerly } },
      base: place(base.pointer, base.value),
      revision: place(revision.pointer, revision.value),
    };
    this.found.push({ change, operation, direction });
  }

  /**
   * Records what differs under the keys that were not compared (text for the reader, and unknown
   * keys), or whose values their comparison does not understand.
   */
  addRest(pair: Pair, compared: Record<string, Kind>, operation?: string): void {
    const { base, revision } = pair;
    this.documents.base.markCompared(base.value);
    this.documents.revision.markCompared(revision.value);
    for (const key of new Set([...Object.keys(base.value), ...Object.keys(revision.value)])) {
      const members = membersAt(pair, key);
      const kind = Object.hasOwn(compared, key) ? compared[key] : undefined;
      if (kind && isOfKind(members.base.value, kind) && isOfKind(members.revision.value, kind))
        continue;
      if (jsonEquals(members.base.value, members.revision.value)) continue;
      const rule = isDocsKey(key) ? "docs-changed" : "unknown-changed";
      this.add(rule, `${key} changed`, members, { operation });
    }
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (value === undefined || kind === "schema") return true;
  if (kind === "list") return Array.isArray(value);
  return kind === "object" ? isObject(value) : typeof value === kind;
}
