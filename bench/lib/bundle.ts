import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { BENCH, ROOT } from "./paths.js";

/** The `yaml` package is CommonJS and loads Node's modules with `require`. */
const REQUIRE = `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`;

/**
 * Bundles an entry point of this project in the same way as the package's commands.
 *
 * @param external modules that the measured run never loads.
 * @returns the bundle's file, in the folder `workFolder`.
 */
export function bundle(
  entry: string,
  workFolder: string,
  external: readonly string[] = [],
): string {
  const out = join(workFolder, `${basename(entry, ".ts")}.mjs`);
  const options = ["--bundle", "--platform=node", "--format=esm", `--banner:js=${REQUIRE}`];
  const { status, stderr } = spawnSync(
    join(BENCH, "node_modules/esbuild/bin/esbuild"),
    [
      ...[join(ROOT, entry), ...options, `--outfile=${out}`],
      ...external.map((name) => `--external:${name}`),
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`esbuild failed:\n${stderr}`);
  return out;
}
