import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { findDrift, type Drift } from "../../scripts/drift/index.js";
import { changelogEntry } from "../../scripts/drift/report/markdown.js";
import { githubReport } from "../../scripts/drift/report/github.js";
import { jsonReport } from "../../scripts/drift/report/summary.js";
import { markdownReport } from "../../scripts/drift/report/markdown.js";
import { textReport } from "../../scripts/drift/report/text.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { apiWithPaths } from "./documents.js";

const plain = pc.createColors(false);
const shared = (schema: unknown) => ({ components: { schemas: { Thing: schema } } });
const answer = {
  "200": {
    description: "done",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
  },
};
const operations = { "/a": { get: { responses: answer } }, "/b": { get: { responses: answer } } };

async function driftBetween(base: JsonObject, published: JsonObject, accept = ""): Promise<Drift> {
  const root = await temporaryFolder({
    "ours.json": JSON.stringify(base, null, 2),
    "theirs.json": JSON.stringify(published),
    "drift-accept.yaml": accept || "accepted: []\n",
    "fragments/get_b.yaml": "openapi: 3.0.3\npaths:\n  /b:\n    get:\n      summary: here\n",
  });
  return await findDrift({
    base: join(root, "ours.json"),
    published: join(root, "theirs.json"),
  });
}

const hostile = "@all | <b>\n::error::x `y` %0A [link](https://evil.test) \u001B[31m";

async function variedDrift(): Promise<Drift> {
  const [ours, theirs] = [{ type: "string" }, { type: "string", nullable: true, title: "new" }];
  return await driftBetween(
    apiWithPaths(operations, shared(ours)),
    apiWithPaths(
      { ...operations, "/b": { get: { responses: answer, parameters: [hostileParameter()] } } },
      shared(theirs),
    ),
    "accepted:\n  - { id: abc, reason: once, date: 2026-11-22 }\n",
  );
}

function hostileParameter(): JsonObject {
  return { name: hostile, in: "query", schema: { type: "string" } };
}

describe("the text report", () => {
  it("reports a change to a shared component once, with everything it affects and the verdict last", async () => {
    const report = textReport(await variedDrift(), "additive", plain);
    expect(report.match(/became nullable/g)).toHaveLength(1);
    expect(report).toMatch(
      /^2 operations\n {2}GET \/a\n {2}GET \/b\n {2}breaking {2}response: Thing/,
    );
    expect(report).toContain("Stale: abc is accepted (once), but is no longer found");
    expect(report.trimEnd().split("\n").at(-1)).toMatch(/^Drift: 1 breaking, 1 additive, 1 docs;/);
  });

  it("lets nothing in the published spec move the cursor", async () => {
    expect(textReport(await variedDrift(), "additive", plain)).not.toContain("\u001B");
  });

  it("is coloured on a terminal", async () => {
    expect(textReport(await variedDrift(), "additive", pc.createColors(true))).toContain("\u001B[");
  });

  it("only counts wording changes if there are many, and still lists the rest", async () => {
    const properties = (title: string) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, { title }]));
    const drift = await driftBetween(
      apiWithPaths(operations, shared({ properties: properties("old") })),
      apiWithPaths(operations, shared({ properties: { ...properties("new"), more: {} } })),
    );
    const report = textReport(drift, "docs", plain);
    expect(report).toContain("30 changes of words; --format json lists them");
    expect(report).toContain("property `more` is new");
  });
});

describe("the JSON report", () => {
  it("matches its schema, with every kind of content", async () => {
    const schema = JSON.parse(await readFile("spec/drift-report.schema.json", "utf8")) as object;
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
    const drift = await variedDrift();
    const [first, ...rest] = drift.findings;
    if (!first) throw new Error("no finding");
    const acceptance = { id: first.id, reason: "known", date: "2026-11-22" };
    const whole = { ...drift, findings: rest, accepted: [{ finding: first, acceptance }] };
    for (const one of [drift, whole]) {
      expect(
        validate(JSON.parse(jsonReport(one, "additive"))),
        JSON.stringify(validate.errors),
      ).toBe(true);
    }
    expect(validate({ ...JSON.parse(jsonReport(drift, "additive")), drift: "yes" })).toBe(false);
  });
});

describe("the Markdown report", () => {
  it("keeps published text from becoming markup, mentions or rows", async () => {
    const report = markdownReport(await variedDrift(), "additive");
    expect(report).toMatch(/^## API drift: 1 breaking, 1 additive, 1 docs\n/);
    expect(report).not.toContain("@all");
    expect(report).not.toContain("<b>");
    expect(report).not.toContain("[link](");
    expect(report).not.toMatch(/^::/m);
    for (const line of report.split("\n").filter((row) => row.startsWith("| ")))
      expect(line.replaceAll("\\|", "").split("|")).toHaveLength(6);
  });

  it("stays under the maximum length of a comment, and says what it left out", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`/a/${index}`, { get: { responses: answer } }]),
    );
    const report = markdownReport(
      await driftBetween(apiWithPaths(paths), apiWithPaths({})),
      "none",
    );
    expect(report.length).toBeLessThan(65_536);
    expect(report).toMatch(/\d+ more groups did not fit/);
  });
});

describe("the GitHub report", () => {
  it("points at the line of the operation's fragment, or of our document", async () => {
    const report = await githubReport(await variedDrift());
    const lines = report.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^::error file=.*ours\.json,line=\d+,col=\d+,title=/);
    expect(report).toMatch(/^::warning file=.*fragments\/get_b\.yaml,line=4,col=5,title=/m);
    expect(report).toMatch(/^::notice /m);
    expect(report).toMatch(/^::warning title=Stale acceptance::abc is no longer found: once$/m);
  });

  it("lets nothing in the published spec start a command", async () => {
    const report = await githubReport(await variedDrift());
    expect(report).not.toMatch(/^::error::x/m);
    expect(report).toContain(" ::error::x");
    expect(report).toContain("%250A");
    expect(report).not.toContain("\u001B");
  });
});

describe("the changelog entry", () => {
  it("sorts the findings into breaking, added and changed, wording last", async () => {
    expect(changelogEntry(await variedDrift(), "2026-11-22").split("\n")).toEqual([
      "## API spec of 2026-11-22",
      "",
      "### Breaking",
      "",
      "- `GET /a` and 1 more, response `Thing.type`: became nullable in what is received",
      "",
      "### Added",
      "",
      expect.stringMatching(/^- `GET \/b`, request `parameters`: query parameter /),
      "",
      "1 change of words only.",
      "",
    ]);
  });
});
