import { builtinModules } from "node:module";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";

/** What an entry costs the application that bundles it: its dependencies included, minified, in bytes. */
export interface EntrySize {
  /** What is loaded at once. */
  minified: number;
  /** The same, gzipped. */
  gzipped: number;
  /** Gzipped, together with all that is loaded on first use. */
  gzippedInAll: number;
  /** All the files it is made of, with what each imports. */
  inputs: Metafile["inputs"];
  /** What the bundler warns of. */
  warnings: string[];
}

/** Bundles an entry, a file or a package's name, the way an application would. */
export async function measureEntry(entry: string, folder = process.cwd()): Promise<EntrySize> {
  const [atOnce, inAll] = await Promise.all([
    bundle(entry, folder, [withoutDynamicImports]),
    bundle(entry, folder, []),
  ]);
  return {
    minified: atOnce.code.length,
    gzipped: gzippedSize(atOnce.code),
    gzippedInAll: gzippedSize(inAll.code),
    inputs: inAll.inputs,
    warnings: inAll.warnings.map(({ text }) => text),
  };
}

/** Leaves out what a bundler puts into files of their own. */
const withoutDynamicImports: Plugin = {
  name: "without dynamic imports",
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

async function bundle(entry: string, folder: string, plugins: Plugin[]) {
  const { metafile, outputFiles, warnings } = await build({
    entryPoints: [entry],
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // As for a Worker or a browser, except that imports of Node's modules are to be named, not to fail.
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["node:*", ...builtinModules],
    plugins,
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { code, inputs: metafile.inputs, warnings };
}

function gzippedSize(code: Uint8Array): number {
  return gzipSync(code, { level: 9 }).length;
}
