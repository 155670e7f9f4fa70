// Imports every entry of the package.
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPikzels } from "pikzels-client";
import { startEmulator } from "pikzels-client/emulator";
import { downloadTo, readImage } from "pikzels-client/node";
import manifest from "pikzels-client/package.json" with { type: "json" };
import spec from "pikzels-client/openapi.json" with { type: "json" };
import { tour } from "./tour.mjs";

const emulator = await startEmulator({ trainingMs: 200 });
const told = await tour({ baseUrl: emulator.url });

const pikzels = createPikzels({ apiKey: "pkz_consumer", baseUrl: emulator.url });
const { output } = await pikzels.thumbnails.fromText({
  prompt: "A harbour in the fog",
  model: "pkz_4",
  format: "1:1",
});
const file = join(tmpdir(), `consumer-${process.pid}.png`);
await downloadTo(output, file);
const saved = (await readFile(file)).length > 0 && (await readImage(file)).slice(0, 15);
await rm(file);
await emulator.close();

console.log(
  JSON.stringify({
    ...told,
    runtime: process.versions.node,
    saved,
    operations: Object.keys(spec.paths).length,
    version: manifest.version,
  }),
);
