import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Charge, EmulatorOptions, RequestRecord, Stats } from "pikzels-client/emulator";
import { onTestFinished } from "vitest";
import { sampleApiArguments } from "../../support/sample-api-process.js";

/** The state that the control API returns. */
interface Told {
  stats: Stats;
  charges: Charge[];
  requests: RequestRecord[];
}

export interface EmulatorProcess {
  url: string;
  /** Everything the process has written to standard output and error so far. */
  output: () => string;
  ask: () => Promise<Told>;
}

/** Starts an emulator with a memory of its own; it ends with the test. */
export async function startEmulatorProcess(options: EmulatorOptions): Promise<EmulatorProcess> {
  const file = fileURLToPath(new URL("emulator-process.ts", import.meta.url));
  const child = fork(file, [JSON.stringify(options)], {
    execArgv: sampleApiArguments,
    silent: true,
  });
  onTestFinished(async () => {
    const isOver = once(child, "exit");
    child.disconnect();
    await isOver;
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [{ url }] = (await once(child, "message")) as [{ url: string }];

  async function get<Part>(path: string): Promise<Part> {
    return (await (await fetch(`${url}/_emulator${path}`)).json()) as Part;
  }
  return {
    url,
    output: () => output,
    async ask() {
      const { stats } = await get<{ stats: Stats }>("");
      const { charges } = await get<{ charges: Charge[] }>("/ledger");
      const { requests } = await get<{ requests: RequestRecord[] }>("/requests");
      return { stats, charges, requests };
    },
  };
}
