// Runs the tour and a download to a file with implementations of fetch other than the platform's.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import crossFetch from "cross-fetch";
import nodeFetch3 from "node-fetch";
import nodeFetch2 from "node-fetch-2";
import { createPikzels } from "pikzels-client";
import { downloadTo, readImage } from "pikzels-client/node";
import { tour } from "./tour.mjs";

const folder = await mkdtemp(join(tmpdir(), "consumer-"));
const baseUrl = process.env.PIKZELS_BASE_URL;
const told = {};
const fetches = {
  "node-fetch 2": nodeFetch2,
  "node-fetch 3": nodeFetch3,
  "cross-fetch": crossFetch,
};
for (const [name, fetch] of Object.entries(fetches)) {
  const file = join(folder, "saved.png");
  const pikzels = createPikzels({ apiKey: "pkz_consumer", baseUrl, fetch });
  const body = { prompt: "A harbour in the fog", model: "pkz_4", format: "1:1" };
  await downloadTo(() => pikzels.thumbnails.fromText(body), file, { fetch });
  const saved = (await readFile(file)).length > 0 && (await readImage(file)).slice(0, 15);
  told[name] = { ...(await tour({ baseUrl, fetch })), saved };
}
await rm(folder, { recursive: true });
console.log(JSON.stringify(told));
