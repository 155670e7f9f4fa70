import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface MainEntry {
  /** Size as a browser would load it: its dependencies included, minified, in bytes. */
  minified: number;
  /** The same, gzipped. */
  gzipped: number;
  /** What must not be in it but is, one line each, with the file that asks for it. */
  strangers: string[];
}

/** What runs everywhere may not need: Node's modules, and what other entries are made of. */
const banned = /^node:|node_modules\/(ajv|ioredis|redis-semaphore|yaml|js-yaml|pngjs)\//;
const otherEntries = /^dist\/(node|emulator|redis)\//;

/** Bundles the built main entry the way an application would, and looks at what came of it. */
export async function measureMainEntry(): Promise<MainEntry> {
  const { metafile, outputFiles } = await build({
    entryPoints: ["dist/index.js"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // As for a Worker or a browser, except that imports of Node's modules are to be named, not to fail.
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    write: false,
    metafile: true,
  });
  const strangers = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ path }) => banned.test(path) || otherEntries.test(path))
      .map(({ path }) => `${file} imports ${path}`),
  );
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length, strangers };
}
