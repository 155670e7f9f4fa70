import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorColors } from "../../lib/colors.js";
import { applyChanges } from "../../lib/file-changes.js";
import { InputError } from "../../lib/input-error.js";
import { printable } from "../../lib/printable.js";
import { findDrift, type DriftOptions } from "../drift.js";
import { changelogEntry } from "../report/markdown.js";
import { updateSpec } from "./update.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

export interface UpdateCommandOptions extends DriftOptions {
  /** The folder of the generated files. */
  generated: string;
}

/**
 * Takes the published spec over, down to the documentation pages, and prints a changelog entry.
 *
 * @returns The exit code: 0 only if the project compiles with what was taken over.
 * @throws {InputError} If it could not be taken over. Every file is then as it was.
 */
export async function runUpdate({ generated, ...options }: UpdateCommandOptions): Promise<number> {
  const drift = await findDrift(options);
  const day = new Date().toISOString().slice(0, 10);
  const { files, warnings, undo } = await updateSpec(drift, { generated, day });
  for (const warning of warnings)
    process.stderr.write(`${errorColors.yellow(`warning: ${printable(warning)}`)}\n`);
  if (files.length === 0) {
    process.stdout.write(
      `${options.base} says what ${drift.published} says; no file was touched\n`,
    );
    return 0;
  }
  const isThisProject = resolve(generated) === join(ROOT, "src", "generated");
  const outdated = isThisProject ? await finishProject(undo) : [];
  process.stdout.write(changelogEntry(drift, day));
  for (const file of files) process.stderr.write(`updated ${relative("", resolve(file))}\n`);
  for (const line of outdated) process.stderr.write(`${errorColors.yellow(printable(line))}\n`);
  if (outdated.length === 0) return 0;
  process.stderr.write("The spec was taken over. Adapt these files to it: npm run check:types\n");
  return 2;
}

/**
 * Writes the pages that follow from the spec and compiles the project.
 *
 * @returns Compile errors outside `src`: programs that use what is no longer there, a line each.
 * @throws {InputError} If the client itself does not compile; every file is then as it was.
 */
async function finishProject(undo: () => Promise<void>): Promise<string[]> {
  const pages = await readPages();
  try {
    const docs = await run(["--import", "tsx", "scripts/docs.ts"]);
    if (docs.code !== 0) throw new InputError(`the documentation pages: ${docs.output.trim()}`);
    const { output } = await run([
      "node_modules/typescript/bin/tsc",
      "--noEmit",
      "--pretty",
      "false",
    ]);
    const errors = output.split("\n").filter((line) => /\berror TS\d+/.test(line));
    const own = errors.filter((line) => line.startsWith("src/"));
    if (own.length === 0) return errors;
    const more = own.length > 1 ? ` (and ${own.length - 1} more)` : "";
    throw new InputError(
      `the client would not compile, nothing was changed: ${own[0] ?? ""}${more}`,
    );
  } catch (error) {
    await undo();
    await applyChanges(pages);
    throw error;
  }
}

async function readPages(): Promise<Map<string, string>> {
  const names = (await readdir(join(ROOT, "docs"))).filter((name) => name.endsWith(".md"));
  const files = [join(ROOT, "README.md"), ...names.map((name) => join(ROOT, "docs", name))];
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)),
  );
}

function run(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      done({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
}
