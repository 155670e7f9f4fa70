import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { costTable } from "./lib/cost-table.js";
import { firstOperations, restrict, type Cut } from "./lib/cut-document.js";
import { readGitHubDocument } from "./lib/github-document.js";
import { measureProcess, modulePath, type Cost } from "./lib/measure-process.js";
import { ROOT } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";
import { takeTurns, type Contender, type Measurement } from "./lib/take-turns.js";

const COUNTS = [100, 300, 1000];

interface Input {
  count: number;
  megabytes: number;
  spec: string;
}

const INTRODUCTION = `
generate against openapi-typescript: GitHub's OpenAPI document, cut down to so many operations. Whole
processes, start-up included, taking turns; median (lowest–highest).

  generate            npm run generate: types, client, operation facts, error catalogue and JSON, formatted
  openapi-typescript  its own command: types only
  … and prettier      the same, then formatted by prettier's command; the two processes added up
`;

export default async function generateSuite({ rounds }: { rounds: number }) {
  const workFolder = await mkdtemp(join(tmpdir(), "bench-generate-"));
  try {
    process.stdout.write(INTRODUCTION);
    const document = await readGitHubDocument();
    await writeFile(
      join(workFolder, "names.yaml"),
      namesFile(firstOperations(document, Math.max(...COUNTS))),
    );
    const rows: (Measurement & { operations: number })[] = [];
    for (const count of COUNTS) {
      const text = JSON.stringify(restrict(document, firstOperations(document, count)), null, 2);
      const spec = join(workFolder, `${count}.json`);
      await writeFile(spec, text);
      const input = { count, spec, megabytes: Buffer.byteLength(text) / 1e6 };
      const label = `${count} operations, ${input.megabytes.toFixed(1)} MB of JSON`;
      const measured = await takeTurns({
        label,
        rounds,
        contenders: contenders(input, workFolder),
      });
      const relative = { to: "openapi-typescript", heading: "of its" };
      process.stdout.write(`\n${label}\n\n${costTable(measured, relative)}\n`);
      rows.push(...measured.map((row) => ({ operations: count, ...row })));
    }
    const file = await writeResults("generate", { rounds, rows });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

/**
 * The rules would give some of GitHub's operations the same method, so these are named after their
 * ids.
 */
function namesFile(operations: readonly Cut[]): string {
  const entries = operations.map(({ method, path, operation }) => {
    const [group = "", name = ""] = String(operation["operationId"]).split("/").map(camelCase);
    return `  ${group}.${name}: { operation: "${method.toUpperCase()} ${path}" }\n`;
  });
  return `methods:\n${entries.join("")}`;
}

function camelCase(words: string): string {
  return words.replaceAll(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function contenders({ count, spec }: Input, workFolder: string): Contender[] {
  const ours = join(workFolder, "generated");
  const theirs = join(workFolder, "theirs.ts");
  const generate = ["--import", modulePath("tsx"), join(ROOT, "scripts/generate.ts")];
  const openapiTypescript = join(ROOT, "node_modules/openapi-typescript/bin/cli.js");
  const prettier = join(ROOT, "node_modules/prettier/bin/prettier.cjs");
  const makeTypes = () => measureProcess([openapiTypescript, spec, "--output", theirs], workFolder);
  const format = () =>
    measureProcess(
      [prettier, "--no-config", "--print-width", "100", "--write", theirs],
      workFolder,
    );
  return [
    {
      name: "generate",
      run: () => measureProcess([...generate, "--spec", spec, "--out", ours], workFolder),
      verify: () => expectOperations(join(ours, "schema.ts"), count),
    },
    {
      name: "openapi-typescript",
      run: makeTypes,
      verify: () => expectOperations(theirs, count),
    },
    { name: "… and prettier", run: async () => sum(await makeTypes(), await format()) },
  ];
}

/** A program that skips work is fast, so check that each operation is there. */
async function expectOperations(file: string, count: number) {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.ES2022);
  const operations = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === "operations",
  );
  const found = operations && ts.isInterfaceDeclaration(operations) ? operations.members.length : 0;
  if (found !== count) throw new Error(`${file} has ${found} of ${count} operations`);
}

function sum(first: Cost, second: Cost): Cost {
  return {
    wallMs: first.wallMs + second.wallMs,
    cpuMs: first.cpuMs + second.cpuMs,
    peakBytes: Math.max(first.peakBytes, second.peakBytes),
  };
}
