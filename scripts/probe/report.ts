import { colors } from "../lib/colors.js";
import { printable } from "../lib/printable.js";
import type { Finding, Verdict } from "./judge.js";
import type { Probe } from "./probe.js";

const PAINT: Record<Verdict, (text: string) => string> = {
  confirmed: colors.green,
  contradicted: colors.red,
  "not learned": colors.dim,
};

/** A table of what was asked, the result, and the request's id. Contradictions show the answer. */
export function reportLines(findings: readonly Finding[]): string[] {
  const width = Math.min(60, Math.max(0, ...findings.map(({ fact }) => fact.length)));
  const lines: string[] = [];
  let operation: string | undefined;
  for (const finding of findings) {
    if (finding.operation !== operation) lines.push("", colors.bold(finding.operation));
    ({ operation } = finding);
    const { fact, verdict, reason, requestId } = finding;
    lines.push(
      [
        `  ${printable(fact).slice(0, 60).padEnd(width)}`,
        PAINT[verdict](verdict.padEnd("contradicted".length)),
        colors.dim(printable(requestId ?? "no request id")),
        ...(reason === "" ? [] : [printable(reason)]),
      ].join("  "),
    );
  }
  return lines;
}

export function summaryLine(findings: readonly Finding[]): string {
  const count = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length;
  return `\n${count("confirmed")} confirmed, ${count("contradicted")} contradicted, ${count("not learned")} not learned`;
}

/** Every request that would be sent, with long texts truncated. */
export function planLines(probes: readonly Probe[]): string[] {
  return probes.map(({ operation, fact, path, key, body }) => {
    const shown = JSON.stringify(body, (_name, value: unknown) =>
      typeof value === "string" && value.length > 80
        ? `${value.slice(0, 40)}… (${value.length} characters)`
        : value,
    );
    const sent = body === undefined ? "no body" : printable(shown);
    return `${operation.method.padEnd(6)} ${path}  key: ${key}  ${sent}  (${printable(fact)})`;
  });
}
