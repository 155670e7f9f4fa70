import { createHash } from "node:crypto";
import type { Change, Place } from "./compare/change.js";
import { worst, type Direction, type Level } from "./levels.js";
import { ruleOf, type RuleId } from "./rules.js";

/** An operation that a finding reaches, and what it means there. */
export interface Reach {
  /** `POST /v2/pikzonality/style` */
  operation: string;
  /** `request`: in what we send; `response`: in what we receive; `null`: the operation itself. */
  direction: Direction | null;
  level: Level;
}

/** One difference between the two documents and what it means for programs. */
export interface Finding {
  /** Stays the same as long as the finding does, to name it in `drift-accept.yaml`. */
  id: string;
  rule: RuleId;
  /** The worst over all that it reaches. */
  level: Level;
  text: string;
  why: string;
  base: Place;
  revision: Place;
  /** Empty where the finding concerns the document as a whole. */
  reaches: Reach[];
}

/** Collects findings: what is said of one place in the base is one finding, however often. */
export class Findings {
  readonly #findings = new Map<string, Finding>();
  readonly #reaches = new Map<string, Reach>();

  add(change: Change, rule: RuleId, level: Level, reach: Reach | undefined): void {
    const key = `${rule} ${change.base.pointer} ${change.text}`;
    const finding = this.#findings.get(key) ?? this.#open(key, change, rule, level);
    finding.level = worseOf(finding.level, level);
    if (!reach) return;
    const reachKey = `${key} ${reach.direction ?? ""} ${reach.operation}`;
    const known = this.#reaches.get(reachKey);
    if (known) known.level = worseOf(known.level, level);
    else {
      this.#reaches.set(reachKey, reach);
      finding.reaches.push(reach);
    }
  }

  all(): Finding[] {
    return [...this.#findings.values()];
  }

  #open(key: string, change: Change, rule: RuleId, level: Level): Finding {
    const id = createHash("sha256").update(key).digest("hex").slice(0, 12);
    const { text, base, revision } = change;
    const { why } = ruleOf(rule);
    const finding: Finding = { id, rule, level, text, why, base, revision, reaches: [] };
    this.#findings.set(key, finding);
    return finding;
  }
}

function worseOf(left: Level, right: Level): Level {
  return worst([left, right]) ?? left;
}
