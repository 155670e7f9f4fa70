import type { Colors } from "picocolors/types.js";
import { colors as stdoutColors } from "../../lib/colors.js";
import type { Acceptance } from "../acceptances.js";
import { isDrift, type Drift, type FailOn } from "../index.js";
import type { Finding } from "../findings.js";
import type { Level } from "../rules.js";
import {
  acceptedInWords,
  byOperations,
  directionsOf,
  onOneLine,
  placeInWords,
  titleOf,
  verdictOf,
  type Group,
} from "./summary.js";

/** Beyond this number, wording changes are counted instead of listed: they would bury the rest. */
const MAX_DOCS_LINES = 20;

/** The report for a terminal: by operation, worst first, with the verdict at the end. */
export function textReport(drift: Drift, failOn: FailOn, colors: Colors = stdoutColors): string {
  const paint: Record<Level, (text: string) => string> = {
    breaking: colors.red,
    additive: colors.yellow,
    docs: colors.dim,
  };
  const words = drift.findings.filter(({ level }) => level === "docs");
  const listed =
    words.length > MAX_DOCS_LINES
      ? drift.findings.filter(({ level }) => level !== "docs")
      : drift.findings;
  const lines = byOperations(listed).flatMap((group) => [
    colors.bold(onOneLine(titleOf(group))),
    ...namesOf(group).map((name) => colors.dim(`  ${onOneLine(name)}`)),
    ...group.findings.flatMap((finding) => findingLines(finding, paint[finding.level], colors.dim)),
    "",
  ]);
  if (listed.length < drift.findings.length)
    lines.push(colors.dim(`${words.length} changes of words; --format json lists them`), "");
  lines.push(...drift.stale.map((entry) => colors.yellow(staleLine(entry))));
  const verdict = onOneLine(verdictOf(drift, failOn));
  const isBad = isDrift(drift.findings, failOn);
  lines.push(isBad ? colors.red(verdict) : colors.green(verdict));
  return `${lines.join("\n")}\n`;
}

function namesOf({ operations }: Group): string[] {
  return operations.length > 1 ? operations : [];
}

function findingLines(
  finding: Finding,
  paint: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const { id, rule, level, text, why, base, reaches } = finding;
  const direction = directionsOf(reaches);
  const about = onOneLine([placeInWords(base.pointer), text].filter(Boolean).join(": "));
  return [
    `  ${paint(level.padEnd("breaking".length))}  ${direction ? `${direction}: ` : ""}${about}`,
    dim(`            ${why} [${rule} ${id}]`),
  ];
}

function staleLine(entry: Acceptance): string {
  const what = onOneLine(acceptedInWords(entry));
  const reason = onOneLine(entry.reason);
  return `Stale: ${what} is accepted (${reason}), but is no longer found; take it out.`;
}
