import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorColors } from "../../lib/colors.js";
import { applyChanges } from "../../lib/file-changes.js";
import { InputError } from "../../lib/input-error.js";
import { printable } from "../../lib/printable.js";
import { findDrift, type DriftOptions } from "../index.js";
import { changelogEntry } from "../report/markdown.js";
import { updateSpec } from "./update.js";
import { redactKeys } from "../../../src/wrappers/redact.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

export interface UpdateCommandOptions extends DriftOptions {
  /** The folder of the generated files. */
  generated: string;
}

/**
 * Takes the published spec over, down to the documentation pages, and prints a changelog entry.
 *
 * @returns The exit code, 0: the client compiles with what was taken over.
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
  if (isThisProject) warnOfExamples(await finishProject(undo));
  process.stdout.write(redactKeys(changelogEntry(drift, day)));
  for (const file of files) process.stderr.write(`updated ${relative("", resolve(file))}\n`);
  return 0;
}

/**
 * Writes the pages that follow from the spec and compiles everything.
 *
 * @throws {InputError} If the client does not compile, or a page cannot be written: every file is then
 *   as it was. Or if a tool or a test does not compile any more: then all is taken over.
 * @returns The compile errors of the examples, which are for a person to mend.
 */
async function finishProject(undo: () => Promise<void>): Promise<string[]> {
  const pages = await readPages();
  let errors: string[];
  try {
    const docs = await run(["--import", "tsx", "scripts/docs.ts"]);
    const [reason = ""] = docs.output.trim().split("\n");
    if (docs.code !== 0)
      throw new InputError(`${reason} (while writing the pages; nothing was changed)`);
    errors = await compileErrors(".");
    const ofClient = errors.find((line) => line.startsWith("src/"));
    if (ofClient !== undefined)
      throw new InputError(`the client would not compile, so nothing was changed: ${ofClient}`);
  } catch (error) {
    await undo();
    await applyChanges(pages);
    throw error;
  }
  const [first] = errors;
  if (first !== undefined) throw new InputError(programToMend(errors, first));
  return compileErrors("test/examples");
}

/** A method that takes something else now is called as before by what people wrote. */
function warnOfExamples(errors: readonly string[]): void {
  for (const error of errors)
    process.stderr.write(`${errorColors.yellow(`warning: mend this example: ${error}`)}\n`);
}

/** One line for each error of what a `tsconfig.json` covers. */
async function compileErrors(folder: string): Promise<string[]> {
  const known = join(".work", `update-${folder.replaceAll(/\W/g, "")}`);
  const { output } = await run([
    "node_modules/typescript/bin/tsc",
    ...["--noEmit", "--pretty", "false", "-p", folder],
    ...["--incremental", "--tsBuildInfoFile", `${known}.tsbuildinfo`],
  ]);
  return output.split("\n").filter((line) => /^\S.*: error TS\d+: /.test(line));
}

function programToMend(errors: readonly string[], first: string): string {
  const files = new Set(errors.map((line) => line.replace(/\(.*/s, "")));
  const others = files.size === 1 ? "" : ` (and so do ${files.size - 1} other files)`;
  return (
    `everything is updated, but this does not compile any more: ${first}${others}; ` +
    "mend it, then run npm run check"
  );
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
