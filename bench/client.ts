import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgress } from "../scripts/lib/progress.js";
import { measureBatch } from "./client/batch.js";
import { measureImport } from "./client/import-time.js";
import { measureImage, measureOneCall } from "./client/in-process.js";
import { measuresTable, type Measure } from "./client/measure.js";
import { measureLoopback, measureStyle } from "./client/over-http.js";
import { measureSize } from "./client/size.js";
import { measureTypeCheck } from "./client/type-check.js";
import { ROOT } from "./lib/paths.js";
import { writeResults } from "./lib/results.js";

const INTRODUCTION = `
The client against others that do the same, by turns in one run; median (lowest–highest).
`;

const PARTS: Record<string, (workFolder: string, rounds: number) => Promise<Measure[]>> = {
  "one call": measureOneCall,
  "calls over loopback": measureLoopback,
  "throughput of a batch": measureBatch,
  "size of the main entry": measureSize,
  "import of the main entry": measureImport,
  "image to data URL": measureImage,
  "memory of three images": measureStyle,
  "type check": measureTypeCheck,
};

export default async function clientSuite({ rounds }: { rounds: number }) {
  const workFolder = await mkdtemp(join(tmpdir(), "bench-client-"));
  const progress = startProgress("client", Object.keys(PARTS).length + 1);
  try {
    process.stdout.write(INTRODUCTION);
    buildPackage();
    progress.step("build");
    const measures: Measure[] = [];
    for (const [name, part] of Object.entries(PARTS)) {
      measures.push(...(await part(workFolder, rounds)));
      progress.step(name);
    }
    process.stdout.write(`\n${measuresTable(measures)}\n`);
    const file = await writeResults("client", { rounds, measures });
    process.stdout.write(`\nThe figures are in ${file}\n`);
  } finally {
    progress.stop();
    await rm(workFolder, { recursive: true });
  }
}

/** Size, import time and types are measured on the published build. */
function buildPackage(): void {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
}
