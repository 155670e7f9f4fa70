import type { Direction, Level } from "../levels.js";
import { ruleOf, type RuleId } from "../rules.js";
import type { Change } from "./change.js";

/** What counts about the place where a changed schema is used. */
export interface Circumstances {
  direction: Direction;
  /** Whether the value travels as text. */
  isText?: boolean;
  /** Whether the changed schema is that of an optional parameter, not a part of it. */
  isOptionalParameter?: boolean;
}

/**
 * What a change means where it is used.
 *
 * @param offWire the direction in which the changed part never travels; there it breaks nobody
 */
export function meaningOf(
  change: Change,
  use: Circumstances,
  offWire?: Direction,
): { rule: RuleId; level: Level } {
  const rule = ruleWhere(change, use);
  const level = ruleOf(rule)[use.direction];
  const isOff = offWire === use.direction || change.offWire === use.direction;
  return { rule, level: isOff && level === "breaking" ? "additive" : level };
}

function ruleWhere(change: Change, use: Circumstances): RuleId {
  if (use.isOptionalParameter && change.onOptionalParameter) return change.onOptionalParameter;
  const onText = use.isText ? change.onText?.[use.direction] : undefined;
  return onText ?? change.rule;
}
