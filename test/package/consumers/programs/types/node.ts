// Every entry, with Node's types only: no `dom` library.
import { Redis } from "ioredis";
import { createPikzels } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { downloadTo, readImage } from "pikzels-client/node";
import { createRedisLimiter } from "pikzels-client/redis";
import { explain, thumbnails } from "./universal.js";

const emulator: Emulator = await startEmulator({ port: 0, credits: 5 });
emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 1 });
// @ts-expect-error a port is a number
await startEmulator({ port: "4010" });

const pikzels = createPikzels({
  baseUrl: emulator.url,
  concurrency: createRedisLimiter({ redis: new Redis(), limit: 10 }),
});
const score = await pikzels.thumbnails.score({ image_base64: await readImage("hero.png") });
const best: number = score.main_score;
await downloadTo(await thumbnails(AbortSignal.timeout(1000)).catch(explain), "thumbnail.png");
await emulator.close();
console.log(best, emulator.ledger.total);
