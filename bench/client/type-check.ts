import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { measureProcess } from "../lib/measure-process.js";
import { BENCH, ROOT, WORK } from "../lib/paths.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";

const CONSUMERS = ["ours", "theirs"] as const;

/**
 * The compile-time cost of a program that calls every operation, compared with the same program
 * over bare openapi-fetch. Both see declarations only, as with an installed package.
 */
export async function measureTypeCheck(workFolder: string, rounds: number): Promise<Measure[]> {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  // Under `bench/`, so that the packages that both import are found.
  const folder = join(WORK, "consumers");
  const times: Record<string, number[]> = {};
  try {
    for (const name of CONSUMERS) await writeConsumer(name, join(folder, name));
    for (let round = 0; round < rounds; round += 1) {
      for (const name of CONSUMERS) {
        const { cpuMs } = await measureProcess([tsc, "-p", join(folder, name)], workFolder);
        (times[name] ??= []).push(cpuMs);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return [
    {
      what: "type check of a program with every operation, CPU time",
      comparedWith: "openapi-fetch",
      unit: "ms",
      ours: spreadOf(times["ours"] ?? []),
      theirs: spreadOf(times["theirs"] ?? []),
      target: { atMost: 1.2 },
    },
  ];
}

async function writeConsumer(name: (typeof CONSUMERS)[number], folder: string): Promise<void> {
  const text = await readFile(join(BENCH, `client/consumers/${name}.ts`), "utf8");
  await mkdir(folder, { recursive: true });
  const dist = join(ROOT, "dist");
  await writeFile(
    join(folder, "consumer.ts"),
    text.replace("../../../src/generated/schema.js", join(dist, "generated/schema.js")),
  );
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    skipLibCheck: true,
    types: [],
    paths: { "pikzels-client": [join(dist, "index.d.ts")] },
  };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["consumer.ts"] }),
  );
}
