import type { Direction } from "../levels.js";
import type { RuleId } from "../rules.js";

/** A place in one of the two documents, and what stands there. */
export interface Place {
  /** JSON Pointer; where nothing stands, the place where it would. */
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
  /** The rule that takes the place of `rule` where the value travels as text. */
  onText?: Partial<Record<Direction, RuleId>>;
  /** The rule that takes the place of `rule` on an optional parameter itself. */
  onOptionalParameter?: RuleId;
  /** The direction in which the changed part never travels: read-only in what we send, … */
  offWire?: Direction | undefined;
}
