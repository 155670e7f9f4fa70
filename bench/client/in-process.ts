import { bundle } from "../lib/bundle.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";
import { runProgram } from "./run-program.js";

const OTHERS = ["openai", "@anthropic-ai/sdk", "ky"];

/** The cost of one POST in each client, without the network. */
export async function measureOneCall(workFolder: string, rounds: number): Promise<Measure[]> {
  const program = bundle("bench/client/programs/one-call.js", workFolder);
  const medians = await runProgram<Record<string, number[]>>(program, [String(rounds)]);
  const of = (name: string) => spreadOf(medians[name] ?? []);
  const common = { what: "one call, stub fetch", unit: "µs", ours: of("pikzels-client") };
  return [
    {
      ...common,
      comparedWith: "openapi-fetch",
      theirs: of("openapi-fetch"),
      target: { atMost: 1.3 },
    },
    ...OTHERS.map((name) => ({
      ...common,
      comparedWith: name,
      theirs: of(name),
      target: { below: 1 },
    })),
  ];
}

/** The cost of turning the largest image into a data URL. */
export async function measureImage(workFolder: string, rounds: number): Promise<Measure[]> {
  const program = bundle("bench/client/programs/image.ts", workFolder);
  const medians = await runProgram<Record<string, number[]>>(program, [String(rounds)]);
  return [
    {
      what: "10 MB image to data URL",
      comparedWith: "Buffer.toString",
      unit: "ms",
      ours: spreadOf(medians["toImageDataUrl"] ?? []),
      theirs: spreadOf(medians["Buffer"] ?? []),
      target: { atMost: 1.25 },
    },
  ];
}
