import { join } from "node:path";
import { measureEntry } from "../../scripts/package/entry-size.js";
import { MAX_GZIPPED_BYTES } from "../../scripts/package/main-entry.js";
import { BENCH, ROOT } from "../lib/paths.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";

const OTHERS = ["openapi-fetch", "replicate", "@fal-ai/client", "openai"];

/** What each main entry adds to an application that bundles it: dependencies included, gzipped. */
export async function measureSize(): Promise<Measure[]> {
  const entry = await measureEntry(join(ROOT, "dist/index.js"), BENCH);
  const others = await Promise.all(
    OTHERS.map(async (name) => {
      const { gzipped } = await measureEntry(name, BENCH);
      return {
        what: "main entry, minified and gzipped",
        comparedWith: name,
        unit: "kB",
        ours: kilobytes(entry.gzipped),
        theirs: kilobytes(gzipped),
      };
    }),
  );
  return [
    {
      what: "main entry, minified and gzipped",
      comparedWith: "its limit",
      unit: "kB",
      ours: kilobytes(entry.gzipped),
      theirs: kilobytes(MAX_GZIPPED_BYTES),
      target: { atMost: 1 },
    },
    ...others,
  ];
}

function kilobytes(bytes: number) {
  return spreadOf([bytes / 1000]);
}
