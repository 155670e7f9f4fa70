import { join } from "node:path";
import { measureEntry } from "../../scripts/package/entry-size.js";
import { BENCH, ROOT } from "../lib/paths.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";

const OTHERS = ["openapi-fetch", "replicate", "@fal-ai/client", "openai"];
/** Bytes that the main entry may have at most. */
const LIMIT = 7000;

/** What each main entry costs an application that bundles it: dependencies included, gzipped. */
export async function measureSize(): Promise<Measure[]> {
  const entry = await measureEntry(join(ROOT, "dist/index.js"), BENCH);
  const ours = kilobytes(entry.gzipped);
  const common = { what: "main entry, minified and gzipped", unit: "kB", ours };
  const others = await Promise.all(
    OTHERS.map(async (name) => {
      const { gzippedInAll } = await measureEntry(name, BENCH);
      return { ...common, comparedWith: name, theirs: kilobytes(gzippedInAll) };
    }),
  );
  return [
    { ...common, comparedWith: "its limit", theirs: kilobytes(LIMIT), target: { atMost: 1 } },
    {
      ...common,
      what: "the same, with what the first use of `api` loads",
      comparedWith: "its limit",
      ours: kilobytes(entry.gzippedInAll),
      theirs: kilobytes(LIMIT),
    },
    ...others,
  ];
}

function kilobytes(bytes: number) {
  return spreadOf([bytes / 1000]);
}
