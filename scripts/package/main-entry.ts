import { measureEntry, type EntrySize } from "./entry-size.js";

export interface MainEntry extends EntrySize {
  /** What must not be in it but is, one line each, with the file that asks for it; and warnings. */
  strangers: string[];
}

/** The most bytes that it may have with all that it loads, minified and gzipped. */
export const MAX_GZIPPED_BYTES = 20_200;

/** What runs everywhere may not need: Node's modules, and what other entries are made of. */
const banned = /^node:|node_modules\/(ajv|ioredis|redis-semaphore|yaml|js-yaml|pngjs)\//;
const otherEntries = /^dist\/(node|emulator|redis)\//;

/** Measures the built main entry, and looks for what does not belong there. */
export async function measureMainEntry(): Promise<MainEntry> {
  const size = await measureEntry("dist/index.js");
  const strangers = Object.entries(size.inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ path }) => banned.test(path) || otherEntries.test(path))
      .map(({ path }) => `${file} imports ${path}`),
  );
  const warnings = size.warnings.map((text) => `a bundler warns: ${text}`);
  return { ...size, strangers: [...strangers, ...warnings] };
}
