import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BENCH } from "./paths.js";

/**
 * Installs what the benchmarks are measured against, once: it is large, and nothing else needs it.
 *
 * @throws {Error} when npm cannot install it.
 */
export function installDependencies(): void {
  // npm writes this file last, so its presence means that the installation is complete.
  if (existsSync(join(BENCH, "node_modules", ".package-lock.json"))) return;
  process.stderr.write("Installing the benchmarks' own dependencies (once)\n");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: BENCH,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm ci failed in bench/");
}
