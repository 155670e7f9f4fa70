import { holdSameValues } from "../../../src/openapi/equality.js";
import { listAt, objectAt, stringsAt, type JsonObject } from "../../../src/openapi/json.js";
import {
  presenceReader,
  samePresence,
  type PresenceConstraint,
} from "../../generate/presence/index.js";
import { fromPointer } from "../../../src/openapi/pointer.js";
import type { Change } from "../compare/change.js";
import type { Direction, RuleId } from "../rules.js";
import type {
  AlternativeGroup,
  SchemaComparison,
  SchemaNode,
  SchemaView,
  SchemaViews,
} from "./schema-node.js";

/**
 * Whether a schema's demands moved into alternatives, or out of them. Then its keywords have no
 * counterparts, and only the schemas as a whole can be compared.
 */
export function isOneOfChange({ base, revision }: SchemaNode): boolean {
  const [from, to] = [base.groups.length > 0, revision.groups.length > 0];
  return from !== to && !keepsKeywords(base, revision);
}

/** Whether the alternatives are an additional condition on a schema that is otherwise the same. */
function keepsKeywords(base: SchemaView, revision: SchemaView): boolean {
  if (base.properties.size > 0 || revision.properties.size > 0)
    return [...base.properties.keys()].some((name) => revision.properties.has(name));
  return Boolean(base.types ?? base.values) === Boolean(revision.types ?? revision.values);
}

/**
 * Compares one schema with several alternatives: checks whether one of them accepts what was
 * accepted, and whether each of them keeps what was promised.
 */
export function compareOneOfChange(node: SchemaNode, comparer: SchemaComparison): void {
  const { base, revision } = node;
  const [to] = revision.groups;
  const [from] = base.groups;
  if (to) {
    const trials = alternativesOf(revision, to).map((alternative) =>
      comparer.compare(base.withoutGroups, alternative, base, revision),
    );
    const accepting = trials.filter((trial) => comparer.worst(trial, "request") !== "breaking");
    // A oneOf rejects a value that matches two alternatives.
    const isStillAccepted = to.kind === "oneOf" ? accepting.length === 1 : accepting.length > 0;
    const isStillKept = trials.every((trial) => comparer.worst(trial, "response") !== "breaking");
    const text = `is now one of ${to.alternatives.length} alternatives`;
    node.record(ruleFor(isStillAccepted, isStillKept), [to.kind], text);
  } else if (from) {
    const trials = alternativesOf(base, from).map((alternative) =>
      comparer.compare(alternative, revision.withoutGroups, base, revision),
    );
    const isStillAccepted = trials.every(
      (trial) => comparer.worst(trial, "request") !== "breaking",
    );
    const isStillKept = trials.some((trial) => comparer.worst(trial, "response") !== "breaking");
    const text = `was one of ${from.alternatives.length} alternatives`;
    node.record(ruleFor(isStillAccepted, isStillKept), [from.kind], text);
  }
}

/** Each alternative, combined with the demands outside the alternatives. */
function alternativesOf(schema: SchemaView, group: AlternativeGroup) {
  return group.alternatives.map((alternative) => [...schema.withoutGroups, alternative]);
}

function ruleFor(isStillAccepted: boolean, isStillKept: boolean): RuleId {
  if (isStillAccepted && isStillKept) return "alternatives-rearranged";
  if (isStillAccepted) return "alternatives-widened";
  return isStillKept ? "alternatives-narrowed" : "alternatives-changed";
}

/** Rules whose changes may only be another way to say which fields go together. */
const RULES_OF_FORM: readonly RuleId[] = [
  ...(["alternatives-narrowed", "alternatives-widened", "alternatives-changed"] as const),
  ...(["alternatives-rearranged", "alternatives-may-overlap"] as const),
  ...(["alternatives-became-exclusive", "alternative-added", "alternative-removed"] as const),
  ...(["condition-added", "condition-removed", "condition-changed"] as const),
];
const CONDITIONS = ["oneOf", "anyOf", "not", "if", "dependentRequired", "dependentSchemas"];

/** Whether a change may come from such a rule, not from a discriminator or another condition. */
function isOfForm({ rule, identity }: Change, node: SchemaNode): boolean {
  if (!RULES_OF_FORM.includes(rule)) return false;
  if (!identity.pointer.startsWith(node.base.pointer)) return true;
  const [keyword = ""] = fromPointer(identity.pointer.slice(node.base.pointer.length));
  return keyword === "" || CONDITIONS.includes(keyword);
}

/**
 * Whether the alternatives and conditions of two schemas only say which fields go together
 * ("exactly one of a and b"), in any form. If so, their truth tables are compared instead of their
 * spelling: records the result, and returns the schemas without those parts, to be compared next.
 */
export function comparePresence(
  node: SchemaNode,
  comparer: SchemaComparison,
): [SchemaView, SchemaView] | undefined {
  const change = node.changes.find((one) => isOfForm(one, node));
  const base = change && readPresence(comparer.base, node.base);
  const revision = change && readPresence(comparer.revision, node.revision);
  if (!base || !revision || base.constraints.length + revision.constraints.length === 0)
    return undefined;
  const inEither = [...base.required, ...revision.required];
  const always = base.required.filter((field) => revision.required.includes(field));
  const inRules = [...base.constraints, ...revision.constraints].flatMap(({ fields }) => fields);
  const fields = [...new Set([...inEither, ...inRules])].filter((field) => !always.includes(field));
  if (fields.length > MAX_FIELDS) return undefined;
  const objects = Array.from({ length: 2 ** fields.length }, (_, row) => {
    const present = fields.filter((_field, bit) => Math.floor(row / 2 ** bit) % 2 === 1);
    return new Set([...always, ...present]);
  });
  const isStillAccepted = implies(base, revision, objects);
  const isStillKept = implies(revision, base, objects);
  const breaks = (direction: Direction) => comparer.worst(node, direction) === "breaking";
  const isSame = isStillAccepted && isStillKept;
  const isFalseAlarm =
    (isStillAccepted && breaks("request")) || (isStillKept && breaks("response"));
  // Otherwise the comparison by keyword describes the change better.
  if (!isSame && !(isFalseAlarm && haveSameProperties(base.rest, revision.rest))) return undefined;
  const path = change.base.pointer.startsWith(node.base.pointer)
    ? fromPointer(change.base.pointer.slice(node.base.pointer.length))
    : [];
  node.changes.length = 0;
  node.children.length = 0;
  if (isSame) node.record("docs-changed", path, "which fields go together is said in another form");
  else {
    const text = "which fields go together changed";
    node.record(ruleFor(isStillAccepted, isStillKept), path, text);
  }
  return [base.rest, revision.rest];
}

function haveSameProperties(base: SchemaView, revision: SchemaView): boolean {
  return holdSameValues([...base.properties.keys()], [...revision.properties.keys()]);
}

/** More fields would make the truth table too large. */
const MAX_FIELDS = 12;

interface Presence {
  required: readonly string[];
  constraints: readonly PresenceConstraint[];
  /** The schema without the parts that express the rule. */
  rest: SchemaView;
}

function readPresence(views: SchemaViews, view: SchemaView): Presence | undefined {
  const schema = joined(view);
  if (!schema) return undefined;
  const { constraints, rest, unread } = presenceReader(views.document.root)(schema);
  const isWhole = ![rest, ...listAt(rest, "allOf")].some((part) =>
    CONDITIONS.some((keyword) => objectAt(part)[keyword] !== undefined),
  );
  // A field that is never present is missing from the truth tables.
  const hasAbsent = Object.values(objectAt(rest, "properties")).includes(false);
  if (!isWhole || hasAbsent || unread.length > 0) return undefined;
  const required = stringsAt(rest, "required");
  // Only the rule is removed; everything else keeps its location.
  const { members, pointer } = view;
  return {
    required,
    constraints,
    rest: { ...views.read([{ value: rest, pointer }], pointer), members, pointer },
  };
}

/** The members of `allOf` as one schema, unless they set the same keyword. */
function joined({ members }: SchemaView): JsonObject | undefined {
  const schema: JsonObject = {};
  for (const { value } of members) {
    const own = Object.entries(value).filter(([keyword]) => keyword !== "allOf");
    if (own.every(([keyword]) => !(keyword in schema)))
      Object.assign(schema, Object.fromEntries(own));
    else if (own.every(([keyword]) => CONDITIONS.includes(keyword)))
      schema["allOf"] = [...listAt(schema, "allOf"), Object.fromEntries(own)];
    else return undefined;
  }
  return schema;
}

/** Whether every value that meets the premise also meets the conclusion. */
function implies(
  premise: Presence,
  conclusion: Presence,
  objects: readonly ReadonlySet<string>[],
): boolean {
  if (samePresence(premise.constraints, conclusion.constraints))
    return conclusion.required.every((field) => premise.required.includes(field));
  return objects.every((present) => !isMet(premise, present) || isMet(conclusion, present));
}

function isMet({ required, constraints }: Presence, present: ReadonlySet<string>): boolean {
  return (
    required.every((field) => present.has(field)) &&
    constraints.every(({ table }) => {
      const bits = table.fields.map((field, bit) => (present.has(field) ? 2 ** bit : 0));
      return table.rows[bits.reduce((sum, bit) => sum + bit, 0)] === true;
    })
  );
}
