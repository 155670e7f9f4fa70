import type { RuleId } from "../rules.js";
import type { AlternativeGroup, SchemaComparison, SchemaNode, SchemaView } from "./schema-node.js";

/**
 * Whether what a schema demanded moved into alternatives, or out of them. Then its keywords have no
 * counterparts, and only the whole can be compared.
 */
export function isOneOfChange({ base, revision }: SchemaNode): boolean {
  const [from, to] = [base.groups.length > 0, revision.groups.length > 0];
  return from !== to && !keepsKeywords(base, revision);
}

/** Whether the alternatives are a further condition beside a schema that stayed what it was. */
function keepsKeywords(base: SchemaView, revision: SchemaView): boolean {
  if (base.properties.size > 0 || revision.properties.size > 0)
    return [...base.properties.keys()].some((name) => revision.properties.has(name));
  return Boolean(base.types ?? base.values) === Boolean(revision.types ?? revision.values);
}

/**
 * Compares one schema with several alternatives: tries whether one of them accepts what was
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
    // A value that matches two alternatives of a oneOf is refused.
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

/** Each alternative, together with what is demanded beside the alternatives. */
function alternativesOf(schema: SchemaView, group: AlternativeGroup) {
  return group.alternatives.map((alternative) => [...schema.withoutGroups, alternative]);
}

function ruleFor(isStillAccepted: boolean, isStillKept: boolean): RuleId {
  if (isStillAccepted && isStillKept) return "alternatives-rearranged";
  if (isStillAccepted) return "alternatives-widened";
  return isStillKept ? "alternatives-narrowed" : "alternatives-changed";
}
