import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createPikzels, type Pikzels, type PikzelsOptions } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { onTestFinished } from "vitest";
import { root } from "../docs/snippets.js";

/** An emulator, a client for it and a folder, all removed when the test ends. */
export interface Stage {
  emulator: Emulator;
  pikzels: Pikzels;
  folder: string;
  /** The environment that tells a program where the emulator is, and a key. */
  environment: Record<string, string>;
}

export async function setStage(
  options?: Parameters<typeof startEmulator>[0],
  clientOptions?: PikzelsOptions,
): Promise<Stage> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  const folder = await mkdtemp(join(tmpdir(), "pikzels-example-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const apiKey = "pkz_example";
  return {
    emulator,
    folder,
    pikzels: createPikzels({ apiKey, baseUrl: emulator.url, maxRetries: 0, ...clientOptions }),
    environment: { PIKZELS_API_KEY: apiKey, PIKZELS_BASE_URL: emulator.url },
  };
}

/** Runs an example program to its end. */
export function run(program: string, args: string[], environment: Record<string, string>) {
  const main = join(root, "examples", program);
  return promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
}
