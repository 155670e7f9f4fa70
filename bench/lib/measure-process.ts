import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HOOK = new URL("report-cost.js", import.meta.url).href;

/** The cost of one run of a program, from start to end. */
export interface Cost {
  wallMs: number;
  /** CPU time of all its threads. Unlike wall time, it hardly depends on what else is running. */
  cpuMs: number;
  /** Peak resident memory of the process, as the operating system counts it. */
  peakBytes: number;
}

/**
 * Runs a Node program to its end in a process of its own and measures it, start-up included.
 *
 * @param args what follows `node` on the command line.
 * @param scratch a folder for the measured figures.
 * @throws {Error} with the program's output when it fails: a failed run is no measurement.
 */
export async function measureProcess(args: readonly string[], scratch: string): Promise<Cost> {
  const costFile = join(scratch, "cost.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", HOOK, ...args], {
    env: { ...process.env, ...QUIET, BENCH_COST_FILE: costFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [code] = (await once(child, "close")) as [number | null];
  const wallMs = performance.now() - started;
  if (code !== 0) throw new Error(`node ${args.slice(0, 3).join(" ")} … failed:\n${output}`);
  const reported = JSON.parse(await readFile(costFile, "utf8")) as Omit<Cost, "wallMs">;
  return { wallMs, ...reported };
}

/** Nothing being measured should use the network or look for updates. */
const QUIET = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };

/** The path of a file, for a module that the measured program imports. */
export function modulePath(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}
