import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { inPlaceOfGenerated } from "../generate/support/next-version.js";

/**
 * Bundles programs of this repository, with their packages, into a folder laid out like the package:
 * starting them from their sources would take seconds each time.
 *
 * @param entries The programs' sources by name.
 * @param options.generated The files they are generated as, if it is not from the present document.
 * @returns The folder of the programs, `<name>.mjs`, to be run by Node.
 */
export async function buildPrograms(
  folder: string,
  entries: Record<string, string>,
  { generated }: { generated?: ReadonlyMap<string, string> | undefined } = {},
): Promise<string> {
  const programs = join(folder, "dist/cli");
  await build({
    entryPoints: entries,
    outdir: programs,
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
  return programs;
}
