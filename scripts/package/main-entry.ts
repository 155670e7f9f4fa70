import { measureEntry, type EntrySize } from "./entry-size.js";

export interface MainEntry extends EntrySize {
  /**
   * Imports that must not be in the entry, one line each, with the importing file; and warnings.
   */
  strangers: string[];
}

/** The maximum size of the entry with everything it loads, minified and gzipped. */
export const MAX_GZIPPED_BYTES = 21_500;

/**
 * Code that runs everywhere must not need these: Node's modules, and the parts of other entries.
 */
const banned = /^node:|node_modules\/(ajv|ioredis|redis-semaphore|yaml|js-yaml|pngjs)\//;
const otherEntries = /^dist\/(node|emulator|redis)\//;

/** Measures the built main entry, and looks for imports that do not belong there. */
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
