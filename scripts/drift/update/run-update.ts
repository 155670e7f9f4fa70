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
  if (isThisProject) await finishProject(undo);
  process.stdout.write(redactKeys(changelogEntry(drift, day)));
  for (const file of files) process.stderr.write(`updated ${relative("", resolve(file))}\n`);
  return 0;
}

/**
 * Writes the pages that follow from the spec and compiles the client.
 *
 * @throws {InputError} If one of them fails; every file is then as it was.
 */
async function finishProject(undo: () => Promise<void>): Promise<void> {
  const pages = await readPages();
  try {
    const docs = await run(["--import", "tsx", "scripts/docs.ts"]);
    if (docs.code !== 0) {
      throw new InputError(
        `${firstLine(docs.output)} (while writing the pages; nothing was changed)`,
      );
    }
    const options = ["--noEmit", "--pretty", "false", "-p", "scripts/build/tsconfig.json"];
    const types = await run(["node_modules/typescript/bin/tsc", ...options]);
    if (types.code !== 0) {
      throw new InputError(
        `the client would not compile, so nothing was changed: ${firstLine(types.output)}`,
      );
    }
  } catch (error) {
    await undo();
    await applyChanges(pages);
    throw error;
  }
}

function firstLine(output: string): string {
  const [line = ""] = output.trim().split("\n");
  return line;
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
