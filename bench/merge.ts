import { deepStrictEqual } from "node:assert";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import type { JsonObject } from "../scripts/lib/json-object.js";
import { parseDocument } from "../scripts/lib/parse-document.js";
import { startProgress } from "../scripts/lib/progress.js";
import { bundle } from "./lib/bundle.js";
import { firstOperations, restrict } from "./lib/cut-document.js";
import { readGitHubDocument } from "./lib/github-document.js";
import { measureProcess, modulePath, type Cost } from "./lib/measure-process.js";
import { BENCH, ROOT } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";
import { formatSpread, spreadOf, type Spread } from "./lib/spread.js";
import { table } from "./lib/table.js";

const COUNTS = [100, 300, 1000];
const FORMATS = ["json", "yaml"] as const;
type Format = (typeof FORMATS)[number];

/** Fragments on disk, and what they have to become. */
interface Input {
  format: Format;
  count: number;
  bytes: number;
  folder: string;
  files: string[];
  expected: JsonObject;
}

interface Contender {
  name: string;
  /** What follows `node` on the command line. */
  command: (input: Input, out: string) => string[];
}

interface Row {
  format: Format;
  fragments: number;
  inputBytes: number;
  contender: string;
  wallMs: Spread;
  cpuMs: Spread;
  peakMb: Spread;
}

const INTRODUCTION = `
merge against redocly join: fragments cut out of GitHub's OpenAPI document, one operation and the
components it needs in each. Whole processes, start-up included, taking turns; median (lowest–highest).

  merge         scripts/merge.ts bundled, as the package's commands are
  merge (tsx)   the same from source, as \`npm run merge\` starts it
  redocly join  with --without-x-tag-groups, else it stops at the tags that fragments share
  bare node     a program that does nothing: no Node program takes less
`;

export default async function mergeSuite({ rounds }: { rounds: number }) {
  const home = await mkdtemp(join(tmpdir(), "bench-merge-"));
  try {
    process.stdout.write(INTRODUCTION);
    const document = await readGitHubDocument();
    const contenders = await contendersIn(home);
    const rows: Row[] = [];
    for (const format of FORMATS) {
      for (const count of COUNTS) {
        const input = await writeFragments(document, format, count, home);
        const measured = await measure(input, contenders, rounds, home);
        process.stdout.write(`\n${describe(input)}\n\n${sideBySide(measured)}\n`);
        rows.push(...measured);
      }
    }
    process.stdout.write(`\n${summary(rows)}\n`);
    const file = await writeResults("merge", { rounds, rows });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    await rm(home, { recursive: true });
  }
}

async function contendersIn(home: string): Promise<Contender[]> {
  const mergeBundle = bundle("scripts/merge.ts", home);
  const nothing = join(home, "nothing.mjs");
  await writeFile(nothing, "");
  const merge = ({ folder }: Input, out: string) => ["--fragments", folder, "--out", out];
  const source = join(ROOT, "scripts/merge.ts");
  const redocly = join(BENCH, "node_modules/@redocly/cli/bin/cli.js");
  return [
    { name: "merge", command: (input, out) => [mergeBundle, ...merge(input, out)] },
    {
      name: "merge (tsx)",
      command: (input, out) => ["--import", modulePath("tsx"), source, ...merge(input, out)],
    },
    {
      name: "redocly join",
      command: ({ files }, out) => [redocly, "join", ...files, "--without-x-tag-groups", "-o", out],
    },
    { name: "bare node", command: () => [nothing] },
  ];
}

async function writeFragments(
  document: JsonObject,
  format: Format,
  count: number,
  home: string,
): Promise<Input> {
  const operations = firstOperations(document, count);
  const folder = join(home, `${format}-${count}`);
  await mkdir(folder);
  const files: string[] = [];
  let bytes = 0;
  for (const [index, operation] of operations.entries()) {
    const fragment = restrict(document, [operation]);
    const text =
      format === "json" ? JSON.stringify(fragment, null, 2) : dump(fragment, { noRefs: true });
    const file = join(folder, `${String(index).padStart(4, "0")}.${format}`);
    await writeFile(file, text);
    files.push(file);
    bytes += Buffer.byteLength(text);
  }
  return { format, count, bytes, folder, files, expected: restrict(document, operations) };
}

async function measure(
  input: Input,
  contenders: readonly Contender[],
  rounds: number,
  home: string,
): Promise<Row[]> {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  const progress = startProgress(describe(input), rounds * contenders.length);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, command } of contenders) {
      const out = join(home, `${name.replaceAll(/\W+/g, "-")}.${input.format}`);
      costs.get(name)?.push(await measureProcess(command(input, out), home));
      if (round === 0) await verify(name, out, input);
      progress.step(`${name}, round ${round + 1}`);
    }
  }
  progress.stop();
  return [...costs].map(([contender, own]) => ({
    format: input.format,
    fragments: input.count,
    inputBytes: input.bytes,
    contender,
    wallMs: spreadOf(own.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(own.map(({ cpuMs }) => cpuMs)),
    peakMb: spreadOf(own.map(({ peakBytes }) => peakBytes / 2 ** 20)),
  }));
}

/** Ours has to be the original document, cut down; join at least has to have all operations. */
async function verify(contender: string, out: string, { expected }: Input) {
  if (contender === "bare node") return;
  const text = await readFile(out, "utf8");
  const result = parseDocument({ file: out, text, lineOffset: 0 }) as JsonObject;
  if (contender === "redocly join") deepStrictEqual(namesIn(result), namesIn(expected));
  else deepStrictEqual(withSortedTags(result), withSortedTags(expected));
}

function namesIn({ paths }: JsonObject): string[] {
  return Object.entries(paths as Record<string, object>)
    .flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`))
    .sort();
}

/** Merged tags come by name, since fragments do not tell the order they had. */
function withSortedTags(document: JsonObject): JsonObject {
  const tags = (document["tags"] as { name: string }[]).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return { ...document, tags };
}

function describe({ format, count, bytes }: Input): string {
  return `${count} fragments, ${(bytes / 1e6).toFixed(1)} MB of ${format.toUpperCase()}`;
}

function sideBySide(rows: readonly Row[]): string {
  const join = rows.find(({ contender }) => contender === "redocly join");
  return table(
    ["", "wall time, s", "of join's", "CPU time, s", "of join's", "peak memory, MB", "of join's"],
    rows.map(({ contender, wallMs, cpuMs, peakMb }) => [
      contender,
      formatSpread(scaled(wallMs, 1 / 1000), 2),
      ratio(wallMs, join?.wallMs),
      formatSpread(scaled(cpuMs, 1 / 1000), 2),
      ratio(cpuMs, join?.cpuMs),
      formatSpread(peakMb, 0),
      ratio(peakMb, join?.peakMb),
    ]),
  );
}

function scaled({ median, min, max }: Spread, factor: number): Spread {
  return { median: median * factor, min: min * factor, max: max * factor };
}

function ratio(own: Spread, other: Spread | undefined): string {
  return other ? `${((own.median / other.median) * 100).toFixed(0)} %` : "";
}

/** How the CPU time grows with the input: a constant rate per MB, start-up aside, is linear growth. */
function summary(rows: readonly Row[]): string {
  const growth = FORMATS.map((format) => {
    const own = rows.filter((row) => row.contender === "merge" && row.format === format);
    const steps = own.slice(1).map((row, index) => {
      const before = own[index] ?? row;
      const megabytes = (row.inputBytes - before.inputBytes) / 1e6;
      const rate = (row.cpuMs.median - before.cpuMs.median) / megabytes;
      return `${rate.toFixed(0)} ms (${before.fragments} → ${row.fragments} fragments)`;
    });
    return `  ${format.toUpperCase()}  ${steps.join(", ")}`;
  });
  return [
    "merge: CPU time per further MB of input, the same at every size if growth is linear",
    ...growth,
  ].join("\n");
}
