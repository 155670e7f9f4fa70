import { mkdir, writeFile } from "node:fs/promises";
import { cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { WORK } from "./paths.js";

/** Writes a suite's figures to `bench/.work/NAME.json`, with the machine they were measured on. */
export async function writeResults(name: string, results: object): Promise<string> {
  const machine = {
    date: new Date().toISOString(),
    node: process.version,
    platform: platform(),
    processor: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
  const file = join(WORK, `${name}.json`);
  await mkdir(WORK, { recursive: true });
  await writeFile(file, `${JSON.stringify({ machine, ...results }, null, 2)}\n`);
  return file;
}
