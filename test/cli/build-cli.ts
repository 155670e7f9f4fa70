import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the command line into a folder, laid out as in the package: started from its sources it would
 * take seconds.
 *
 * @returns The program, to be run by Node.
 */
export async function buildCli(folder: string): Promise<string> {
  await build({
    entryPoints: { main: "test/cli/programs/cli.ts" },
    outdir: join(folder, "dist/cli"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    tsconfig: "tsconfig.json",
    logLevel: "warning",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  await mkdir(join(folder, "dist/generated"));
  await copyFile("src/generated/openapi.json", join(folder, "dist/generated/openapi.json"));
  await copyFile("package.json", join(folder, "package.json"));
  return join(folder, "dist/cli/main.mjs");
}
