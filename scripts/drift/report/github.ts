import type { Drift } from "../drift.js";
import type { Finding } from "../findings.js";
import type { Level } from "../levels.js";
import { directionsOf } from "./groups.js";
import { findPlaces, type FilePlace } from "./file-places.js";
import { placeInWords } from "./place.js";

const COMMANDS: Record<Level, string> = { breaking: "error", additive: "warning", docs: "notice" };

/**
 * The report as GitHub annotations, each on the line of the fragment that it is about.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export async function githubReport(drift: Drift): Promise<string> {
  const places = await findPlaces(drift.base, drift.findings);
  const lines = drift.findings.map((finding) => annotation(finding, places.get(finding)));
  for (const { id, pointer = "", rule = "", reason } of drift.stale) {
    const what = id ?? `${pointer} ${rule}`;
    lines.push(
      `::warning title=Stale acceptance::${data(`${what} is no longer found: ${reason}`)}`,
    );
  }
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(finding: Finding, at: FilePlace | undefined): string {
  const { level, rule, text, why, base, reaches } = finding;
  const settings = {
    ...(at ? { file: at.file, line: at.line, col: at.column } : {}),
    title: `${level} API drift: ${rule}`,
  };
  const properties = Object.entries(settings).map(([name, value]) => `${name}=${property(value)}`);
  const operations = [...new Set(reaches.map(({ operation }) => operation))];
  const [first = "the document", ...others] = operations;
  const reach = others.length > 0 ? `${first} and ${others.length} more` : first;
  const where = [reach, directionsOf(reaches), placeInWords(base.pointer)].filter(Boolean);
  const message = `${where.join(", ")}: ${text} (${why})`;
  return `::${COMMANDS[level]} ${properties.join(",")}::${data(message)}`;
}

/** The runner reads commands by line, so what others published must not begin a line. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
