import { describe, expect, it } from "vitest";
import { rules } from "../../scripts/drift/rules.js";
import { apiWithSchema, findingsOf, inShort } from "./documents.js";
import { operationCases } from "./operation-cases.js";
import { schemaCases } from "./schema-cases.js";

describe("the drift rules", () => {
  it("each have a case in this test", () => {
    const covered = new Set([...schemaCases, ...operationCases].map(({ rule }) => rule));
    expect([...rules.keys()].filter((rule) => !covered.has(rule))).toEqual([]);
  });

  it.each(schemaCases)(
    "include $rule in a schema: $request if sent, $response if received",
    (change) => {
      const findings = findingsOf(apiWithSchema(change.from), apiWithSchema(change.to));

      expect(findings.map(({ rule }) => rule)).toEqual([change.rule]);
      expect(findings[0]?.reaches).toEqual([
        { operation: "POST /things", direction: "request", level: change.request },
        { operation: "POST /things", direction: "response", level: change.response },
      ]);
    },
  );

  it.each(schemaCases)(
    "include $rule in a schema, which is $back in reverse",
    ({ back, from, to }) => {
      const findings = findingsOf(apiWithSchema(to), apiWithSchema(from));
      expect(findings.map(({ rule }) => rule)).toContain(back);
    },
  );

  it.each(operationCases)("include $rule: $level", ({ rule, level, from, to }) => {
    expect(inShort(findingsOf(from, to))).toEqual([`${level} ${rule}`]);
  });

  it.each(operationCases)("include $rule, which is $back in reverse", ({ back, from, to }) => {
    const findings = findingsOf(to, from);
    expect(findings.map(({ rule }) => rule)).toContain(back);
  });
});
