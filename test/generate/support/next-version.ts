import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type * as Exports from "pikzels-client";
import ts from "typescript";
import { generatedFiles, type Generated } from "../../../scripts/generate/index.js";
import { inMemoryProgram } from "../../../scripts/lib/in-memory-program.js";
import { compilerOptions } from "../../../scripts/lib/type-check.js";
import { sampleKnowledge } from "../../support/sample-api-files.js";

type Client = typeof Exports;

/** The package as it would be if it were generated from another document. */
export interface NextVersion extends Generated {
  /** Imports its exports. */
  load: () => Promise<Client>;
  /** Type-checks it together with a program that imports it; one line per error. */
  typeErrors: (program: string) => string[];
  remove: () => Promise<void>;
}

const generatedFolder = resolve("src/generated");

/** Generates from a document in memory, and bundles the client with the result. */
export async function nextVersion(document: object): Promise<NextVersion> {
  const folder = await mkdtemp(join(tmpdir(), "next-version-"));
  const spec = join(folder, "openapi.json");
  await writeFile(spec, JSON.stringify(document));
  const generated = await generatedFiles(spec, sampleKnowledge);
  const bundle = join(folder, "client.mjs");
  return {
    ...generated,
    load: async () => {
      await build({
        entryPoints: ["src/index.ts"],
        bundle: true,
        format: "esm",
        platform: "node",
        outfile: bundle,
        logLevel: "error",
        plugins: [inPlaceOfGenerated(generated.files)],
      });
      return (await import(pathToFileURL(bundle).href)) as Client;
    },
    typeErrors: (program) => typeErrors(generated.files, program),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Bundles these files in place of the generated ones. */
export function inPlaceOfGenerated(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: "generated",
    setup: (bundling) => {
      bundling.onLoad({ filter: /[\\/]src[\\/]generated[\\/]/ }, ({ path }) => ({
        contents: files.get(path.split(/[\\/]/).at(-1) ?? "") ?? "",
        loader: "ts",
      }));
    },
  };
}

function typeErrors(files: ReadonlyMap<string, string>, program: string): string[] {
  const generated = [...files]
    .filter(([name]) => name.endsWith(".ts"))
    .map(([name, text]) => [join(generatedFolder, name), text] as const);
  const main = resolve("test/generate/program-of-the-next-version.ts");
  const checked = inMemoryProgram(new Map([...generated, [main, program]]), compilerOptions());
  return ts.getPreEmitDiagnostics(checked).map(({ file, start, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    const name = file?.fileName.split("/").at(-1) ?? "";
    return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
