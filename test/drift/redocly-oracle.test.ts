import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Direction } from "../../scripts/drift/rules.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { apiWithPaths } from "./documents.js";
import { schemaCases } from "./schema-cases.js";

/**
 * The cases in which `redocly diff` and we disagree on whether a schema change breaks programs:
 * `rule direction`. They agree everywhere else.
 */
const DIFFERENCES = [
  // A program that sends the property is refused, or silently ignored: breaking here.
  "property-removed request",
  // An unknown keyword: the more severe level here.
  "unknown-changed request",
  "unknown-changed response",
  // A program that reads the property misses it: breaking here.
  "property-became-write-only response",
  // Additive here: no program that was built with the types can fail because of them.
  "object-opened response",
  "format-narrowed response",
  "enum-removed response",
  "enum-value-added response",
  "pattern-changed response",
  "pattern-removed response",
  // Here we look into alternatives; for redocly, any new one is a change.
  "alternatives-widened request",
  "alternatives-rearranged request",
  "alternatives-rearranged response",
  "alternatives-became-exclusive response",
  "alternatives-may-overlap request",
  "alternatives-may-overlap response",
];

/**
 * One document with every case in an operation of its own, once in a request and once in a
 * response.
 */
function apiWithCases(side: "from" | "to"): JsonObject {
  const paths = schemaCases.flatMap((change, index) => {
    const schema = { type: "object", properties: { part: change[side] } };
    const content = { "application/json": { schema } };
    const done = { "200": { description: "done" } };
    return [
      [`/${index}/request`, { post: { requestBody: { content }, responses: done } }],
      [`/${index}/response`, { post: { responses: { "200": { description: "done", content } } } }],
    ];
  });
  return apiWithPaths(Object.fromEntries(paths) as JsonObject);
}

/** The paths under which redocly reports a major change. */
async function pathsThatBreakForRedocly(base: JsonObject, revision: JsonObject) {
  const root = await temporaryFolder({
    "base.json": JSON.stringify(base),
    "revision.json": JSON.stringify(revision),
  });
  const out = join(root, "report.json");
  const child = spawn(process.execPath, [
    ...["node_modules/@redocly/cli/bin/cli.js", "diff"],
    ...[join(root, "base.json"), join(root, "revision.json")],
    ...["--format", "json", "--fail-on", "none", "--output", out],
  ]);
  await new Promise((resolve) => child.on("close", resolve));
  const report: unknown = JSON.parse(await readFile(out, "utf8"));
  const changes = isObject(report) && Array.isArray(report["changes"]) ? report["changes"] : [];
  return changes
    .filter(isObject)
    .filter(({ impact }) => impact === "major")
    .map(({ path }) => /^#\/paths\/~1(\d+~1\w+)\//.exec(String(path))?.[1]?.replace("~1", "/"));
}

it("drift agrees with redocly diff on what breaks programs, except for the listed cases", async () => {
  const breaking = new Set(
    await pathsThatBreakForRedocly(apiWithCases("from"), apiWithCases("to")),
  );
  const differences = schemaCases.flatMap((change, index) =>
    (["request", "response"] satisfies Direction[])
      .filter(
        (direction) => breaking.has(`${index}/${direction}`) !== (change[direction] === "breaking"),
      )
      .map((direction) => `${change.rule} ${direction}`),
  );
  expect(differences.sort()).toEqual([...DIFFERENCES].sort());
}, 120_000);
