import { builtinModules } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { BENCH, ROOT } from "../lib/paths.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";

const OTHERS = ["openapi-fetch", "replicate", "@fal-ai/client", "openai"];
/** Bytes that the main entry may have at most. */
const LIMIT = 7000;

/** What each main entry costs an application that bundles it: dependencies included, gzipped. */
export async function measureSize(): Promise<Measure[]> {
  const ours = spreadOf([(await gzippedSize(join(ROOT, "dist/index.js"))) / 1000]);
  const common = { what: "main entry, minified and gzipped", unit: "kB", ours };
  const sizes = await Promise.all(
    OTHERS.map(async (name) => ({ name, kB: (await gzippedSize(name)) / 1000 })),
  );
  return [
    {
      ...common,
      comparedWith: "its limit",
      theirs: spreadOf([LIMIT / 1000]),
      target: { atMost: 1 },
    },
    ...sizes.map(({ name, kB }) => ({
      ...common,
      comparedWith: name,
      theirs: spreadOf([kB]),
    })),
  ];
}

async function gzippedSize(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: BENCH,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["node:*", ...builtinModules],
    write: false,
  });
  const [code] = outputFiles;
  if (!code) throw new Error(`esbuild made nothing of ${entry}`);
  return gzipSync(code.contents, { level: 9 }).length;
}
