import { builtinModules } from "node:module";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

/** What an entry adds to an application that bundles it, including its dependencies, in bytes. */
export interface EntrySize {
  minified: number;
  /** Minified and gzipped. */
  gzipped: number;
  /** All files that it consists of, with the imports of each. */
  inputs: Metafile["inputs"];
  /** The warnings of the bundler. */
  warnings: string[];
}

/** Bundles an entry, given as a file or a package name, the way an application would. */
export async function measureEntry(entry: string, folder = process.cwd()): Promise<EntrySize> {
  const { metafile, outputFiles, warnings } = await build({
    entryPoints: [entry],
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // As for a Worker or a browser, except that imports of Node's modules are listed instead of
    // failing.
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["node:*", ...builtinModules],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    minified: code.length,
    gzipped: gzipSync(code, { level: 9 }).length,
    inputs: metafile.inputs,
    warnings: warnings.map(({ text }) => text),
  };
}
