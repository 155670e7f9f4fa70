import { deepStrictEqual } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiDocument } from "../scripts/drift/api-document.js";
import { findingsBetween } from "../scripts/drift/drift.js";
import { isObject, type JsonObject } from "../scripts/lib/json-object.js";
import { startProgress } from "../scripts/lib/progress.js";
import { bundle } from "./lib/bundle.js";
import { firstOperations, restrict, type Cut } from "./lib/cut-document.js";
import { readGitHubDocument } from "./lib/github-document.js";
import { measureProcess, type Cost } from "./lib/measure-process.js";
import { BENCH } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";
import { formatSpread, spreadOf, type Spread } from "./lib/spread.js";
import { table } from "./lib/table.js";

const COUNTS = [100, 300, 1000];
/** Every so many operations of the revision got a new required parameter. */
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

interface Contender {
  name: string;
  /** What follows `node` on the command line. */
  command: (input: Input, out: string) => string[];
}

interface Row {
  operations: number;
  inputBytes: number;
  contender: string;
  wallMs: Spread;
  cpuMs: Spread;
  peakMb: Spread;
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
  const home = await mkdtemp(join(tmpdir(), "bench-drift-"));
  try {
    process.stdout.write(INTRODUCTION);
    const document = await readGitHubDocument();
    const contenders = await contendersIn(home);
    const rows: Row[] = [];
    for (const count of COUNTS) {
      const input = await writeInput(document, count, home);
      const measured = await measure(input, contenders, rounds, home);
      process.stdout.write(`\n${describe(input)}\n\n${sideBySide(measured)}\n`);
      rows.push(...measured);
    }
    const file = await writeResults("drift", { rounds, rows });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    await rm(home, { recursive: true });
  }
}

async function contendersIn(home: string): Promise<Contender[]> {
  const drift = bundle("scripts/drift.ts", home, ["*/update.js"]);
  const nothing = join(home, "nothing.mjs");
  await writeFile(nothing, "");
  const redocly = join(BENCH, "node_modules/@redocly/cli/bin/cli.js");
  return [
    {
      name: "drift",
      command: ({ base, revision }) => [
        ...[drift, "--base", base, "--published", revision],
        ...["--format", "json", "--fail-on", "none"],
      ],
    },
    {
      name: "redocly diff",
      command: ({ base, revision }, out) => [
        ...[redocly, "diff", base, revision],
        ...["--format", "json", "--fail-on", "none", "--output", out],
      ],
    },
    { name: "bare node", command: () => [nothing] },
  ];
}

async function writeInput(document: JsonObject, count: number, home: string): Promise<Input> {
  const operations = firstOperations(document, count);
  const chosen = operations.filter((_, index) => index % CHANGED_EVERY === 0);
  const base = restrict(document, operations);
  const revision = restrict(
    document,
    operations.map((cut) => (chosen.includes(cut) ? changed(cut) : cut)),
  );
  const files = {
    base: join(home, `base-${count}.json`),
    revision: join(home, `new-${count}.json`),
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

/** Speed counts only where the answer is right: each change, and nothing else. */
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

async function measure(
  input: Input,
  contenders: readonly Contender[],
  rounds: number,
  home: string,
): Promise<Row[]> {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  const progress = startProgress(describe(input), rounds * contenders.length);
  const out = join(home, "redocly.json");
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, command } of contenders) {
      costs.get(name)?.push(await measureProcess(command(input, out), home));
      progress.step(`${name}, round ${round + 1}`);
    }
  }
  progress.stop();
  await verifyTheirs(out, input);
  return [...costs].map(([contender, own]) => ({
    operations: input.count,
    inputBytes: input.bytes,
    contender,
    wallMs: spreadOf(own.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(own.map(({ cpuMs }) => cpuMs)),
    peakMb: spreadOf(own.map(({ peakBytes }) => peakBytes / 2 ** 20)),
  }));
}

function describe({ count, bytes }: Input): string {
  return `${count} operations, twice ${(bytes / 1e6).toFixed(1)} MB of JSON`;
}

function sideBySide(rows: readonly Row[]): string {
  const diff = rows.find(({ contender }) => contender === "redocly diff");
  return table(
    ["", "wall time, s", "of diff's", "CPU time, s", "of diff's", "peak memory, MB", "of diff's"],
    rows.map(({ contender, wallMs, cpuMs, peakMb }) => [
      contender,
      formatSpread(inSeconds(wallMs), 2),
      ratio(wallMs, diff?.wallMs),
      formatSpread(inSeconds(cpuMs), 2),
      ratio(cpuMs, diff?.cpuMs),
      formatSpread(peakMb, 0),
      ratio(peakMb, diff?.peakMb),
    ]),
  );
}

function inSeconds({ median, min, max }: Spread): Spread {
  return { median: median / 1000, min: min / 1000, max: max / 1000 };
}

function ratio(own: Spread, other: Spread | undefined): string {
  return other ? `${((own.median / other.median) * 100).toFixed(0)} %` : "";
}
