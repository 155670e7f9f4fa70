import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { startEmulator } from "pikzels-client/emulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildCli } from "./build-cli.js";
import { sampleApiFiles } from "../support/sample-api-files.js";

/** The number of concurrent batches, and how often each is killed before it may finish. */
const BATCHES = 10;
const KILLS_EACH = 20;
const ROWS = 150;
/** At most this many rows are under way when a process dies. */
const CONCURRENCY = 2;

vi.setConfig({ testTimeout: 900_000, hookTimeout: 60_000 });

const KEY = "pkz_killed_0123456789";

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-kill-"));
  program = await buildCli(join(folder, "package"), { generated: await sampleApiFiles() });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * A proxy in front of an emulator that counts how often each prompt arrives, and serves all
 * pictures itself.
 */
async function startCounter() {
  const picture = await readFile("test/fixtures/images/photo.png");
  const arrivals = new Map<string, number>();
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method === "GET") return response.end(picture);
      const body = await text(request);
      const { prompt } = JSON.parse(body) as { prompt: string };
      arrivals.set(prompt, (arrivals.get(prompt) ?? 0) + 1);
      const answer = await fetch(`${emulator.url}${request.url ?? ""}`, {
        method: "POST",
        headers: { "x-api-key": KEY, "content-type": "application/json" },
        body,
      });
      response.writeHead(answer.status, { "content-type": "application/json" });
      return response.end(await answer.text());
    })().catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const emulator = await startEmulator({ processingMs: 15, maxInFlight: 1_000, publicUrl: url });
  return {
    url,
    arrivals,
    charges: emulator.ledger.charges,
    async close() {
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}

interface Result {
  state: string;
  files?: string[];
}

test(`a batch that is killed at ${BATCHES * KILLS_EACH} random moments loses no row and pays for none twice`, async () => {
  const random = generator(Number(process.env["FUZZ_SEED"] ?? 2026));
  const outcomes = await Promise.all(
    Array.from({ length: BATCHES }, async (_, number) => {
      const counter = await startCounter();
      const file = join(folder, `batch-${number}.csv`);
      const out = join(folder, `out-${number}`);
      const prompts = Array.from({ length: ROWS }, (_, index) => `Summit ${index + 1}`);
      const rows = prompts.map((prompt) => `${prompt},pkz_4_5,16:9`);
      await writeFile(file, ["prompt,model,format", ...rows].join("\n"));

      const start = (): ChildProcess =>
        spawn(
          process.execPath,
          [
            program,
            "batch",
            file,
            "--out",
            out,
            "--operation",
            "thumbnails.fromText",
            "--concurrency",
            String(CONCURRENCY),
          ],
          {
            env: {
              ...process.env,
              PIKZELS_BASE_URL: counter.url,
              PIKZELS_API_KEY: KEY,
            },
            stdio: ["ignore", "ignore", "pipe"],
          },
        );
      let kills = 0;
      while (kills < KILLS_EACH) {
        const child = start();
        const ended = once(child, "exit");
        // A process reports when it starts to work: most kills come soon after that, some before.
        const working = once(child.stderr ?? expect.unreachable(), "data");
        if (random() < 0.8) await Promise.race([working, ended]);
        await delay(random() * 200);
        child.kill("SIGKILL");
        const [, signal] = (await ended) as [number | null, string | null];
        if (signal !== "SIGKILL") break; // It finished before it could be killed.
        kills++;
      }
      const last = start();
      const [code] = (await once(last, "exit")) as [number];
      const results = (await readFile(join(out, "results.ndjson"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Result);
      await counter.close();
      return {
        code,
        kills,
        results,
        out,
        arrivals: counter.arrivals,
        charges: counter.charges.length,
      };
    }),
  );

  for (const { code, results, arrivals, charges, out } of outcomes) {
    const done = results.filter(({ state }) => state === "done");
    const unknown = results.filter(({ state }) => state === "unknown");
    expect(done.length + unknown.length).toBe(ROWS);
    expect(code).toBe(unknown.length > 0 ? 3 : 0);
    expect(Math.max(...arrivals.values())).toBe(1);
    expect(charges).toBeGreaterThanOrEqual(done.length);
    expect(charges).toBeLessThanOrEqual(ROWS);
    for (const { files = [] } of done) {
      expect(files.length).toBe(1);
      const picture = await readFile(join(out, files[0] ?? ""));
      expect(picture.subarray(-8, -4).toString("latin1")).toBe("IEND");
    }
  }
  const kills = outcomes.reduce((sum, each) => sum + each.kills, 0);
  const unknown = outcomes.flatMap(({ results }) =>
    results.filter(({ state }) => state === "unknown"),
  );
  console.log(`${kills} kills, ${unknown.length} of ${BATCHES * ROWS} rows unknown`);
  expect(kills).toBeGreaterThan((BATCHES * KILLS_EACH) / 2);
  // A kill leaves at most as many rows unknown as were under way.
  expect(unknown.length).toBeLessThanOrEqual(kills * CONCURRENCY);
});

/**
 * Seeded pseudo-random numbers from 0 to 1:
 * https://en.wikipedia.org/wiki/Linear_congruential_generator
 */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
