import { deepStrictEqual } from "node:assert";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import type { JsonObject } from "../src/openapi/json.js";
import { parseDocument } from "../scripts/lib/parse-document.js";
import { bundle } from "./lib/bundle.js";
import { costTable } from "./lib/cost-table.js";
import { firstOperations, restrict } from "./lib/cut-document.js";
import { readGitHubDocument } from "./lib/github-document.js";
import { measureProcess, modulePath } from "./lib/measure-process.js";
import { BENCH, ROOT } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";
import { takeTurns, type Measurement } from "./lib/take-turns.js";

const COUNTS = [100, 300, 1000];
const FORMATS = ["json", "yaml"] as const;
type Format = (typeof FORMATS)[number];

/** Fragments on disk, and the document they should become. */
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
  /** The arguments after `node` on the command line. */
  command: (input: Input, out: string) => string[];
}

interface Row extends Measurement {
  format: Format;
  fragments: number;
  inputBytes: number;
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
  const workFolder = await mkdtemp(join(tmpdir(), "bench-merge-"));
  try {
    process.stdout.write(INTRODUCTION);
    const document = await readGitHubDocument();
    const contenders = await contendersIn(workFolder);
    const rows: Row[] = [];
    for (const format of FORMATS) {
      for (const count of COUNTS) {
        const input = await writeFragments(document, format, count, workFolder);
        const measured = await measure(input, contenders, rounds, workFolder);
        process.stdout.write(
          `\n${describe(input)}\n\n${costTable(measured, { to: "redocly join", heading: "of join's" })}\n`,
        );
        rows.push(...measured);
      }
    }
    process.stdout.write(`\n${summary(rows)}\n`);
    const file = await writeResults("merge", { rounds, rows });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

async function contendersIn(workFolder: string): Promise<Contender[]> {
  const mergeBundle = bundle("scripts/merge.ts", workFolder);
  const nothing = join(workFolder, "nothing.mjs");
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
  workFolder: string,
): Promise<Input> {
  const operations = firstOperations(document, count);
  const folder = join(workFolder, `${format}-${count}`);
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
  workFolder: string,
): Promise<Row[]> {
  const measured = await takeTurns({
    label: describe(input),
    rounds,
    contenders: contenders.map(({ name, command }) => {
      const out = join(workFolder, `${name.replaceAll(/\W+/g, "-")}.${input.format}`);
      return {
        name,
        run: () => measureProcess(command(input, out), workFolder),
        verify: () => verify(name, out, input),
      };
    }),
  });
  const { format, count, bytes } = input;
  return measured.map((row) => ({ format, fragments: count, inputBytes: bytes, ...row }));
}

/**
 * Our result has to be the original document, cut down; redocly's at least has to contain all
 * operations.
 */
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

/** Merged tags are sorted by name, because fragments do not say in which order they were. */
function withSortedTags(document: JsonObject): JsonObject {
  const tags = (document["tags"] as { name: string }[]).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return { ...document, tags };
}

function describe({ format, count, bytes }: Input): string {
  return `${count} fragments, ${(bytes / 1e6).toFixed(1)} MB of ${format.toUpperCase()}`;
}

/**
 * How CPU time grows with the input: apart from start-up, a constant rate per MB means linear
 * growth.
 */
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
