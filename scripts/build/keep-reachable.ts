import { readdir, readFile, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { InputError } from "../lib/input-error.js";
import { objectAt } from "../../src/openapi/json.js";
import { reachable } from "./reachable.js";

/**
 * Removes the modules of a built package that none of its entries leads to, mainly those that were
 * bundled.
 *
 * @throws {InputError} if an entry needs a package that is not installed along with this one.
 */
export async function keepReachable(folder: string, entries: readonly string[]): Promise<void> {
  const { files, imports } = await reachable(entries.map((entry) => join(folder, entry)));
  await refuseUndeclared(imports);

  const present = await readdir(folder, { recursive: true });
  const stray = present
    .filter((path) => /\.js(\.map)?$|\.d\.ts(\.map)?$/.test(path))
    .map((path) => resolve(folder, path))
    .filter((path) => !files.has(path.replace(/\.map$/, "")));
  await Promise.all(stray.map((path) => rm(path)));
  await removeEmptyFolders(folder);
}

async function refuseUndeclared(imports: ReadonlySet<string>): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile("package.json", "utf8"));
  const declared = [
    "pikzels-client",
    ...Object.keys(objectAt(manifest, "dependencies")),
    ...Object.keys(objectAt(manifest, "peerDependencies")),
  ];
  const undeclared = [...imports].filter(
    (name) =>
      !name.startsWith("node:") &&
      !builtinModules.includes(name) &&
      !declared.some((known) => name === known || name.startsWith(`${known}/`)),
  );
  if (undeclared.length > 0)
    throw new InputError(
      undeclared
        .map((name) => `The package imports ${name}, which is neither a dependency nor a peer.`)
        .join("\n"),
    );
}

async function removeEmptyFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    await removeEmptyFolders(path);
    if ((await readdir(path)).length === 0) await rm(path, { recursive: true });
  }
}
