import { bundle } from "../lib/bundle.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";
import { runProgram } from "./run-program.js";
import { startSink } from "./sink.js";

/** How many calls per second get through, ten at a time. The server is in another process. */
export async function measureLoopback(workFolder: string, rounds: number): Promise<Measure[]> {
  const program = bundle("bench/client/programs/loopback.ts", workFolder);
  const sink = await startSink();
  const rates = await runProgram<Record<string, number[]>>(program, [sink.url, String(rounds)]);
  await sink.close();
  return [
    {
      what: "calls a second, loopback, 10 at a time",
      comparedWith: "fetch",
      unit: "1/s",
      ours: spreadOf(rates["pikzels-client"] ?? []),
      theirs: spreadOf(rates["fetch"] ?? []),
      target: { atLeast: 0.75 },
    },
  ];
}

/** The peak memory of `styles.create`, minus that of the process that only holds the images. */
export async function measureStyle(workFolder: string, rounds: number): Promise<Measure[]> {
  const program = bundle("bench/client/programs/style.ts", workFolder);
  const sink = await startSink();
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [without, withCall] = [
      await runProgram<{ peakBytes: number }>(program),
      await runProgram<{ peakBytes: number }>(program, [sink.url]),
    ];
    taken.push((withCall.peakBytes - without.peakBytes) / 2 ** 20);
  }
  const payload = sink.largestBody / 2 ** 20;
  await sink.close();
  return [
    {
      what: "peak memory of styles.create, three images of 10 MB",
      comparedWith: "its request body",
      unit: "MiB",
      ours: spreadOf(taken),
      theirs: spreadOf([payload]),
      target: { atMost: 5 },
    },
  ];
}
