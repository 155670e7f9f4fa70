import { deepStrictEqual } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiDocument } from "../scripts/drift/api-document.js";
import { findingsBetween } from "../scripts/drift/index.js";
import { isObject, type JsonObject } from "../src/openapi/json.js";
import { bundle } from "./lib/bundle.js";
import { costTable } from "./lib/cost-table.js";
import { firstOperations, restrict, type Cut } from "./lib/cut-document.js";
import { readGitHubDocument } from "./lib/github-document.js";
import { measureProcess } from "./lib/measure-process.js";
import { BENCH } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";
import { takeTurns, type Contender, type Measurement } from "./lib/take-turns.js";

const COUNTS = [100, 300, 1000];
/** Every Nth operation of the revision has a new required parameter. */
const CHANGED_EVERY = 10;
const PARAMETER = { name: "new-and-required", in: "query", required: true, schema: {} };

/** Two documents on disk, and the operations in which they differ. */
interface Input {
  count: number;
  bytes: number;
  base: string;
  revision: string;
  changed: string[];
}

interface Row extends Measurement {
  operations: number;
  inputBytes: number;
}

const INTRODUCTION = `
drift against redocly diff: GitHub's OpenAPI document, cut down to so many operations, beside itself
with a new required parameter in every tenth. Whole processes, start-up included, taking turns;
median (lowest–highest).

  drift         scripts/drift.ts bundled, as the package's commands are
  redocly diff  the same two files, report as JSON
  bare node     a program that does nothing: no Node program takes less
`;

export default async function driftSuite({ rounds }: { rounds: number }) {
  const workFolder = await mkdtemp(join(tmpdir(), "bench-drift-"));
  try {
    process.stdout.write(INTRODUCTION);
    const document = await readGitHubDocument();
    const drift = bundle("scripts/drift.ts", workFolder, ["*/run-update.js"]);
    const rows: Row[] = [];
    for (const count of COUNTS) {
      const input = await writeInput(document, count, workFolder);
      const contenders = await contendersFor(input, drift, workFolder);
      const measured = await takeTurns({ label: describe(input), contenders, rounds });
      const figures = costTable(measured, { to: "redocly diff", heading: "of diff's" });
      process.stdout.write(`\n${describe(input)}\n\n${figures}\n`);
      rows.push(...measured.map((row) => ({ operations: count, inputBytes: input.bytes, ...row })));
    }
    const file = await writeResults("drift", { rounds, rows });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

async function contendersFor(
  input: Input,
  drift: string,
  workFolder: string,
): Promise<Contender[]> {
  const { base, revision } = input;
  const nothing = join(workFolder, "nothing.mjs");
  await writeFile(nothing, "");
  const redocly = join(BENCH, "node_modules/@redocly/cli/bin/cli.js");
  const out = join(workFolder, "redocly.json");
  const report = ["--format", "json", "--fail-on", "none"];
  const run = (args: string[]) => () => measureProcess(args, workFolder);
  return [
    { name: "drift", run: run([drift, "--base", base, "--published", revision, ...report]) },
    {
      name: "redocly diff",
      run: run([redocly, "diff", base, revision, ...report, "--output", out]),
      verify: () => verifyTheirs(out, input),
    },
    { name: "bare node", run: run([nothing]) },
  ];
}

async function writeInput(document: JsonObject, count: number, workFolder: string): Promise<Input> {
  const operations = firstOperations(document, count);
  const chosen = operations.filter((_, index) => index % CHANGED_EVERY === 0);
  const base = restrict(document, operations);
  const revision = restrict(
    document,
    operations.map((cut) => (chosen.includes(cut) ? changed(cut) : cut)),
  );
  const files = {
    base: join(workFolder, `base-${count}.json`),
    revision: join(workFolder, `new-${count}.json`),
  };
  const text = JSON.stringify(base, null, 2);
  await writeFile(files.base, text);
  await writeFile(files.revision, JSON.stringify(revision, null, 2));
  const names = chosen.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort();
  const input = { count, bytes: Buffer.byteLength(text), ...files, changed: names };
  verifyOurs(base, revision, input);
  return input;
}

function changed(cut: Cut): Cut {
  const { parameters } = cut.operation;
  const present: unknown[] = Array.isArray(parameters) ? parameters : [];
  return { ...cut, operation: { ...cut.operation, parameters: [...present, PARAMETER] } };
}

/** Speed counts only if the result is right: each change, and nothing else. */
function verifyOurs(base: JsonObject, revision: JsonObject, input: Input): void {
  const findings = findingsBetween(
    new ApiDocument(base, input.base),
    new ApiDocument(revision, input.revision),
  );
  const found = findings.flatMap(({ rule, reaches }) =>
    reaches.map(({ operation }) => ({ rule, operation })),
  );
  const expected = input.changed.map((operation) => ({
    rule: "parameter-added-required",
    operation,
  }));
  deepStrictEqual(
    found.toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
    expected,
  );
}

/** Redocly's report names each change once. */
async function verifyTheirs(out: string, { changed: names }: Input): Promise<void> {
  const report: unknown = JSON.parse(await readFile(out, "utf8"));
  const summary = isObject(report) && isObject(report["summary"]) ? report["summary"] : {};
  deepStrictEqual(summary["major"], names.length);
}

function describe({ count, bytes }: Input): string {
  return `${count} operations, twice ${(bytes / 1e6).toFixed(1)} MB of JSON`;
}
