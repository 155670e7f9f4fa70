import type { Drift, FailOn } from "../drift.js";
import type { Finding } from "../findings.js";
import {
  byOperations,
  countsOf,
  directionsOf,
  placeInWords,
  titleOf,
  verdictOf,
  type Group,
} from "./summary.js";

/** GitHub refuses comments past 65536 characters; the rest is kept for the lines around. */
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
  for (const { id, pointer = "", rule = "", reason } of drift.stale)
    lines.push(`- ${code(id ?? `${pointer} ${rule}`)}: ${escape(reason)}`);
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

function row({ level, text, why, rule, base, reaches }: Finding): string {
  const mark = level === "breaking" ? "**breaking**" : level;
  const where = [directionsOf(reaches), code(placeInWords(base.pointer))].filter(Boolean);
  return `| ${mark} | ${where.join(" ")} | ${escape(text)} | ${escape(why)} (${code(rule)}) |`;
}

function wordsSection(findings: readonly Finding[]): string {
  const items = findings.map(
    ({ base, text }) => `- ${code(placeInWords(base.pointer))}: ${escape(text)}`,
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

/** Keeps published text from becoming markup, links or mentions of people in our comment. */
function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\*_[\]|~]/g, (character) => `\\${character}`)
    .replaceAll("@", "&#64;");
}

/** A code span, in which only backticks and the table's bars mean anything. */
function code(text: string): string {
  if (text === "") return "";
  const inside = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  return inside.includes("`") ? `\`\` ${inside} \`\`` : `\`${inside}\``;
}

/** The headings of keepachangelog.com that a change of the spec can fall under. */
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
    for (const group of byOperations(findings))
      lines.push(...group.findings.map((finding) => entry(finding, group.operations)));
    lines.push("");
  }
  const words = drift.findings.filter(({ level }) => level === "docs").length;
  if (words > 0) lines.push(`${words} ${words === 1 ? "change" : "changes"} of words only.`, "");
  return lines.join("\n");
}

function entry({ text, base, reaches }: Finding, operations: readonly string[]): string {
  const [first, ...others] = operations;
  const names = first === undefined ? "the document" : `\`${first}\``;
  const reach = others.length > 0 ? `${names} and ${others.length} more` : names;
  const place = placeInWords(base.pointer);
  const about = [directionsOf(reaches), place && `\`${place}\``].filter(Boolean).join(" ");
  return `- ${reach}${about ? `, ${about}` : ""}: ${text.replaceAll(/\s+/g, " ")}`;
}
