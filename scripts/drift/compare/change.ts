import { jsonEquals } from "../../../src/openapi/equality.js";
import type { JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { memberAt } from "../api-document.js";
import { ruleOf, type Direction, type Level, type RuleId } from "../rules.js";

/** A place in one of the two documents, and what is there. */
export interface Place {
  /** JSON Pointer; if nothing is there, the place where it would be. */
  pointer: string;
  value?: unknown;
}

/** One difference, before anyone asks which operations it reaches and what it means for them. */
export interface Change {
  rule: RuleId;
  /** What happened, as a sentence without a full stop. */
  text: string;
  base: Place;
  revision: Place;
  /** The rule that replaces `rule` if the value travels as text. */
  onText?: Partial<Record<Direction, RuleId>>;
  /** The rule that replaces `rule` on an optional parameter itself. */
  onOptionalParameter?: RuleId;
  /** The direction in which the changed part never travels: requests, if it is read-only. */
  excludedFrom?: Direction | undefined;
}

/** What matters about the place that uses a changed schema. */
export interface Circumstances {
  direction: Direction;
  /** Whether the value travels as text. */
  isText?: boolean;
  /** Whether the changed schema is that of an optional parameter, not of something inside it. */
  isOptionalParameter?: boolean;
}

/**
 * What a change means to one of its uses.
 *
 * @param excludedFrom the direction in which the changed part never travels; there it breaks nobody
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

/** A value as a person reads it in a sentence; long ones are cut. */
export function inWords(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Two schemas that are compared, as far as recording a change concerns them. */
interface ComparedSchemas {
  base: { pointer: string };
  revision: { pointer: string };
  changes: Change[];
}

/** Records that a keyword, or something below it, differs between two schemas. */
export function record(
  schemas: ComparedSchemas,
  rule: RuleId,
  path: readonly (string | number)[],
  text: string,
  values: { base?: unknown; revision?: unknown } = {},
  extras: Pick<Change, "onText" | "onOptionalParameter" | "excludedFrom"> = {},
): void {
  const keyword = toPointer(path);
  schemas.changes.push({
    rule,
    text,
    base: place(schemas.base.pointer + keyword, values.base),
    revision: place(schemas.revision.pointer + keyword, values.revision),
    ...extras,
  });
}

/** A change outside of schemas, and the operation that it concerns. */
export interface Difference {
  change: Change;
  /** `undefined` if the change concerns the document as a whole. */
  operation: string | undefined;
  /** `undefined` if the change concerns the operation as a whole. */
  direction: Direction | undefined;
}

/** Something of the base beside its counterpart of the revision. */
export interface Pair<Value = JsonObject> {
  base: Located<Value>;
  revision: Located<Value>;
}

/** The members of two objects under the same key. */
export function membersAt({ base, revision }: Pair, key: string): Pair<unknown> {
  return { base: memberAt(base, key), revision: memberAt(revision, key) };
}

const DOCS_KEYS = new Set([
  ...["summary", "description", "tags", "externalDocs", "example", "examples", "jsonSchemaDialect"],
]);

/** Collects what differs in one operation, or in the document as a whole. */
export class Differences {
  readonly found: Difference[] = [];

  add(
    rule: RuleId,
    text: string,
    { base, revision }: Pair<unknown>,
    about: { operation?: string; direction?: Direction | undefined } = {},
  ): void {
    const places = {
      base: place(base.pointer, base.value),
      revision: place(revision.pointer, revision.value),
    };
    this.found.push({
      change: { rule, text, ...places },
      operation: about.operation,
      direction: about.direction,
    });
  }

  /** Records what differs under the keys that nobody compared: words, and unknown keywords. */
  addRest(pair: Pair, compared: readonly string[], operation?: string): void {
    const { base, revision } = pair;
    for (const key of new Set([...Object.keys(base.value), ...Object.keys(revision.value)])) {
      if (compared.includes(key)) continue;
      const members = membersAt(pair, key);
      if (jsonEquals(members.base.value, members.revision.value)) continue;
      const isDocs = DOCS_KEYS.has(key) || key.startsWith("x-");
      const rule = isDocs ? "docs-changed" : "unknown-changed";
      const about = operation === undefined ? {} : { operation };
      this.add(rule, `${key} changed`, members, about);
    }
  }
}
