// Turns a 10 MB image into a data URL, alternating between the client's function and bare Buffer.
import { toImageDataUrl } from "pikzels-client";
import { Bench } from "tinybench";
import { tenMegabytes } from "../ten-megabytes.js";

const rounds = Number(process.argv[2]);
const image = tenMegabytes();

const medians: Record<string, number[]> = {};
for (let round = 0; round < rounds; round += 1) {
  const bench = new Bench({ time: 300, warmupTime: 100 });
  bench.add("toImageDataUrl", () => toImageDataUrl(image));
  bench.add("Buffer", () =>
    Promise.resolve(`data:image/png;base64,${Buffer.from(image.buffer).toString("base64")}`),
  );
  await bench.run();
  for (const { name, result } of bench.tasks) {
    if (result.state !== "completed") throw new Error(`${name}: ${result.state}`);
    (medians[name] ??= []).push(result.latency.p50);
  }
}
process.stdout.write(JSON.stringify(medians));
