import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { inPlaceOfGenerated } from "../generate/support/next-version.js";

/**
 * Bundles the command line into a folder laid out like the package: starting it from its sources
 * would take seconds.
 *
 * @param options.generated The files it is generated as, if it is not from the present document.
 * @param options.entry The program; without the commands of this repository that are shipped too, by default
 * @returns The program, to be run by Node.
 */
export async function buildCli(
  folder: string,
  {
    generated,
    entry = "test/cli/programs/cli.ts",
  }: { generated?: ReadonlyMap<string, string>; entry?: string } = {},
): Promise<string> {
  await build({
    entryPoints: { main: entry },
    outdir: join(folder, "dist/cli"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    tsconfig: "tsconfig.json",
    logLevel: "warning",
    plugins: generated ? [inPlaceOfGenerated(generated)] : [],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  await mkdir(join(folder, "dist/generated"));
  const document = join(folder, "dist/generated/openapi.json");
  if (generated) await writeFile(document, generated.get("openapi.json") ?? "");
  else await copyFile("src/generated/openapi.json", document);
  await copyFile("package.json", join(folder, "package.json"));
  return join(folder, "dist/cli/main.mjs");
}
