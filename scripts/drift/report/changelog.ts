import type { Drift } from "../drift.js";
import type { Finding } from "../findings.js";
import { byOperations, directionsOf } from "./groups.js";
import { placeInWords } from "./place.js";

/** The headings of keepachangelog.com, as far as a change of the spec can fall under them. */
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
