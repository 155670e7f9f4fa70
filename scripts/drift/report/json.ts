import { toJsonText } from "../../lib/json-text.js";
import { isDrift, type Drift, type FailOn } from "../drift.js";
import { countsOf, verdictOf } from "./summary.js";

/** The report for programs; `spec/drift-report.schema.json` describes it. */
export function jsonReport(drift: Drift, failOn: FailOn): string {
  const { base, published, findings, accepted, stale } = drift;
  const report = {
    reportVersion: 1,
    base,
    published,
    failOn,
    drift: isDrift(findings, failOn),
    verdict: verdictOf(drift, failOn),
    summary: countsOf(drift),
    findings,
    accepted: accepted.map(({ finding, acceptance }) => ({
      ...finding,
      accepted: { reason: acceptance.reason, date: acceptance.date },
    })),
    stale,
  };
  return `${toJsonText(report)}\n`;
}
