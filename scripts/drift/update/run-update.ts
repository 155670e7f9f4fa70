import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorColors } from "../../lib/colors.js";
import { printable } from "../../lib/printable.js";
import { findDrift, type DriftOptions } from "../index.js";
import { changelogEntry } from "../report/markdown.js";
import { redactKeys } from "../../../src/wrappers/redact.js";
import { finishProject } from "./finish-project.js";
import { updateSpec } from "./update.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

export interface UpdateCommandOptions extends DriftOptions {
  /** The folder of the generated files. */
  generated: string;
}

/**
 * Applies the published spec, including guides and examples, and prints a changelog entry.
 *
 * @returns The exit code, 0: everything compiles after the update.
 * @throws {InputError} If the update failed: then every file is restored. Also if something written
 *   by hand no longer compiles: the message names the file and the line.
 */
export async function runUpdate({ generated, ...options }: UpdateCommandOptions): Promise<number> {
  const drift = await findDrift(options);
  const day = new Date().toISOString().slice(0, 10);
  const { files, warnings, changes, undo } = await updateSpec(drift, { generated, day });
  for (const warning of warnings)
    process.stderr.write(`${errorColors.yellow(`warning: ${printable(warning)}`)}\n`);
  if (files.length === 0) {
    process.stdout.write(
      `${options.base} says what ${drift.published} says; no file was touched\n`,
    );
    return 0;
  }
  const isThisProject = resolve(generated) === join(ROOT, "src", "generated");
  const migrated = isThisProject ? await finishProject(ROOT, changes, undo) : [];
  process.stdout.write(redactKeys(changelogEntry(drift, day)));
  for (const file of [...files, ...migrated])
    process.stderr.write(`updated ${relative("", resolve(file))}\n`);
  return 0;
}
