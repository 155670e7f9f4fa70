import { copyFile, mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { run } from "./run.js";

const pinned = new URL("../toolchains/", import.meta.url);
const installed = new URL("../.work/toolchains/", import.meta.url);

/**
 * Installs the runtimes and compilers (for Linux on x64, where CI runs), unless exactly these are
 * installed from an earlier run.
 */
export async function installToolchains(): Promise<void> {
  const lock = await readFile(new URL("package-lock.json", pinned), "utf8");
  const present = await readFile(new URL("installed-lock.json", installed), "utf8").catch(() => "");
  if (lock === present) return;

  await mkdir(installed, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(new URL(file, pinned), new URL(file, installed));
  await run("npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"], {
    cwd: fileURLToPath(installed),
  });
  await copyFile(new URL("package-lock.json", pinned), new URL("installed-lock.json", installed));
}

/** A file of an installed toolchain: `tool("vite/bin/vite.js")`. */
export function tool(path: string): string {
  return fileURLToPath(new URL(`node_modules/${path}`, installed));
}

/** The version of an installed toolchain, by its name in `toolchains/package.json`. */
export async function versionOf(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(tool(`${name}/package.json`), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
