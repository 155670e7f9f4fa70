import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyChanges } from "../../lib/file-changes.js";
import { InputError } from "../../lib/input-error.js";
import {
  compileErrors,
  migrateProject,
  runNode,
  snippetErrors,
  type ClientChanges,
} from "../../migrate/index.js";

/**
 * Brings everything that depends on the client up to date: writes the pages that follow from the
 * spec, migrates examples, guides and docstrings, and compiles everything.
 *
 * @param root the folder of the project
 * @param undo reverts the update of the spec and of the generated files
 * @returns the files that changed
 * @throws {InputError} If the client does not compile, or a page cannot be written: then every file
 *   is restored. Also if something written by hand no longer compiles: then the whole update is
 *   kept.
 */
export async function finishProject(
  root: string,
  changes: ClientChanges,
  undo: () => Promise<void>,
): Promise<string[]> {
  const pages = await readPages(root);
  const migration = await migrateProject(root, changes);
  const migrated = await applyChanges(migration);
  let errors: string[];
  try {
    const docs = await runNode(root, ["--import", "tsx", "scripts/docs.ts"]);
    const [reason = ""] = docs.output.trim().split("\n");
    if (docs.code !== 0)
      throw new InputError(`${reason} (while writing the pages; nothing was changed)`);
    errors = await compileErrors(root, ".");
    const ofClient = errors.find((line) => line.startsWith("src/"));
    if (ofClient !== undefined)
      throw new InputError(`the client would not compile, so nothing was changed: ${ofClient}`);
  } catch (error) {
    await applyChanges(pages);
    await migrated.undo();
    await undo();
    throw error;
  }
  errors.push(...(await compileErrors(root, "test/examples")), ...(await snippetErrors(root)));
  const [first] = errors;
  if (first !== undefined) throw new InputError(whatToMend(errors, first));
  return migrated.files;
}

function whatToMend(errors: readonly string[], first: string): string {
  const files = new Set(errors.map((line) => line.replace(/\(.*/s, "")));
  const others = files.size === 1 ? "" : ` (and so do ${files.size - 1} other files)`;
  return (
    `everything is updated, but this does not compile any more: ${first}${others}; ` +
    "mend it, then run npm run check"
  );
}

async function readPages(root: string): Promise<Map<string, string>> {
  const names = await Promise.all(
    ["", "docs"].map(async (folder) =>
      (await readdir(join(root, folder))).map((name) => join(folder, name)),
    ),
  );
  const pages = names.flat().filter((name) => name.endsWith(".md"));
  const files = pages.map((name) => join(root, name));
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)),
  );
}
