import type { Drift, FailOn } from "../index.js";
import type { Finding, Reach } from "../findings.js";
import {
  acceptedInWords,
  byOperations,
  countsOf,
  directionsOf,
  onOneLine,
  placeInWords,
  titleOf,
  verdictOf,
  type Group,
} from "./summary.js";

/**
 * GitHub rejects comments over 65536 characters; the rest is reserved for the surrounding lines.
 */
const MAX_LENGTH = 60_000;

/** The report as a comment on a pull request. */
export function markdownReport(drift: Drift, failOn: FailOn): string {
  const { breaking, additive, docs } = countsOf(drift);
  const lines = [`## API drift: ${breaking} breaking, ${additive} additive, ${docs} docs`, ""];
  lines.push(escape(verdictOf(drift, failOn)), "");
  const groups = byOperations(drift.findings.filter(({ level }) => level !== "docs"));
  const words = drift.findings.filter(({ level }) => level === "docs");
  const sections = [...groups.map(section), ...(words.length > 0 ? [wordsSection(words)] : [])];
  const shown = withinLength(sections, MAX_LENGTH);
  lines.push(...shown);
  const left = sections.length - shown.length;
  if (left > 0)
    lines.push(`${left} more groups did not fit; \`--format json\` lists everything.`, "");
  if (drift.stale.length > 0) lines.push("### Stale acceptances", "");
  for (const entry of drift.stale)
    lines.push(`- ${code(acceptedInWords(entry))}: ${escape(entry.reason)}`);
  return `${lines.join("\n").trimEnd()}\n`;
}

function section(group: Group): string {
  const { operations, findings } = group;
  const title = operations.length === 1 ? code(titleOf(group)) : titleOf(group);
  const names = operations.map((operation) => `- ${code(operation)}`);
  const list = operations.length > 1 ? [fold("Which ones", names), ""] : [];
  const head = ["| level | where | what changed | what it means |", "| --- | --- | --- | --- |"];
  return [`### ${title}`, "", ...list, ...head, ...findings.map(row), ""].join("\n");
}

function row({ id, level, text, why, rule, base, reaches }: Finding): string {
  const mark = level === "breaking" ? "**breaking**" : level;
  const where = [directionsOf(reaches), code(placeInWords(base.pointer))].filter(Boolean);
  return `| ${mark} | ${where.join(" ")} | ${escape(text)} | ${escape(why)} (${code(rule)} ${code(id)}) |`;
}

function wordsSection(findings: readonly Finding[]): string {
  const items = findings.map(
    ({ id, base, text, reaches }) =>
      `- ${reachInWords(reaches)} ${code(placeInWords(base.pointer))}: ${escape(text)} (${code(id)})`,
  );
  return (
    fold(
      findings.length === 1 ? "1 change of words" : `${findings.length} changes of words`,
      items,
    ) + "\n"
  );
}

function fold(summary: string, lines: readonly string[]): string {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>"].join("\n");
}

function withinLength(sections: readonly string[], limit: number): string[] {
  let length = 0;
  return sections.filter((text) => (length += text.length) <= limit);
}

/** The operation that a finding reaches, and how many more. */
function reachInWords(reaches: readonly Reach[]): string {
  const [first, ...others] = new Set(reaches.map(({ operation }) => operation));
  if (first === undefined) return "the document";
  return others.length > 0 ? `${code(first)} and ${others.length} more` : code(first);
}

/** Keeps published text from turning into markup, links or mentions of people and issues. */
function escape(text: string): string {
  return onOneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|~]/g, (character) => `\\${character}`)
    .replaceAll(/[@#]|:(?=\/\/)|(?<=\bwww)\.|(?<=\bGH)-/gi, (character) => {
      return `&#${character.charCodeAt(0)};`;
    });
}

/** A code span, fenced by more backticks than it contains, with the bars of a table escaped. */
function code(text: string): string {
  const inside = onOneLine(text).replaceAll("|", "\\|");
  if (inside === "") return "";
  const runs = [...inside.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  return runs.length > 0 ? `${fence} ${inside} ${fence}` : `${fence}${inside}${fence}`;
}

/** The headings of keepachangelog.com that a change of the spec can belong under. */
const SECTIONS = [
  ["Breaking", (finding: Finding) => finding.level === "breaking"],
  ["Added", (finding: Finding) => finding.level === "additive" && finding.rule.includes("-added")],
  [
    "Changed",
    (finding: Finding) => finding.level === "additive" && !finding.rule.includes("-added"),
  ],
] as const;

/** The findings as an entry for CHANGELOG.md. */
export function changelogEntry(drift: Drift, day: string): string {
  const lines = [`## API spec of ${day}`, ""];
  for (const [heading, belongs] of SECTIONS) {
    const findings = drift.findings.filter(belongs);
    if (findings.length === 0) continue;
    lines.push(`### ${heading}`, "");
    for (const group of byOperations(findings)) lines.push(...group.findings.map(entry));
    lines.push("");
  }
  const words = drift.findings.filter(({ level }) => level === "docs").length;
  if (words > 0) lines.push(`${words} ${words === 1 ? "change" : "changes"} of words only.`, "");
  return lines.join("\n");
}

function entry({ text, base, reaches }: Finding): string {
  const place = code(placeInWords(base.pointer));
  const about = [directionsOf(reaches), place].filter(Boolean).join(" ");
  return `- ${reachInWords(reaches)}${about ? `, ${about}` : ""}: ${escape(text)}`;
}
