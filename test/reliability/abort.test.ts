import { getEventListeners, once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type PikzelsEvent } from "pikzels-client";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPikzels, type Pikzels } from "../support/client.js";

const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const prompt = { prompt: "A week alone in the Arctic" };
const processing = { id, name: "Mine", mode: "style", status: "processing", progress: 1 };

interface World {
  /** Requests that the server has neither answered completely nor seen aborted. */
  openRequests: ReadonlySet<IncomingMessage>;
  url: string;
  pikzels: Pikzels;
  /** Resolves when the client emits such an event, or the server receives a request. */
  until: (type: PikzelsEvent["type"] | "arrival") => Promise<void>;
}

/**
 * Each stage at which a call may be aborted: how the server behaves, and when the call has reached
 * it.
 */
const moments: Record<
  string,
  {
    serve: RequestListener;
    call: (world: World, signal: AbortSignal) => Promise<unknown>;
    reached: (world: World) => Promise<void>;
  }
> = {
  "before it begins": {
    serve: () => undefined,
    call: ({ pikzels }, signal) => pikzels.titles.fromText(prompt, { signal }),
    reached: () => Promise.resolve(),
  },
  queued: {
    serve: () => undefined,
    call: ({ pikzels }, signal) => {
      pikzels.titles.fromText(prompt, { timeoutMs: 400 }).catch(() => undefined);
      return pikzels.titles.fromText(prompt, { signal });
    },
    reached: ({ until }) => until("arrival"),
  },
  "waiting for the answer": {
    serve: () => undefined,
    call: ({ pikzels }, signal) => pikzels.titles.fromText(prompt, { signal }),
    reached: ({ until }) => until("arrival"),
  },
  "sending a large body": {
    // Reads the headers and leaves the body unread, so that the sender stalls.
    serve: (request) => request.pause(),
    call: ({ pikzels }, signal) => {
      const image_base64 = `data:image/png;base64,${"A".repeat(12 * 2 ** 20)}` as const;
      return pikzels.thumbnails.score({ image_base64 }, { signal });
    },
    reached: ({ until }) => until("arrival"),
  },
  "reading the answer": {
    serve: (_, response) => void response.writeHead(200, { "content-length": 1000 }).write("{"),
    call: ({ pikzels }, signal) => pikzels.titles.fromText(prompt, { signal }),
    reached: ({ until }) => until("arrival").then(() => sleep(20)),
  },
  "backing off": {
    serve: (_, response) => void response.writeHead(503, { "retry-after": "30" }).end(),
    call: ({ pikzels }, signal) => pikzels.pikzonalities.get(id, { signal }),
    reached: ({ until }) => until("retry"),
  },
  "kept back by a limit": {
    serve: (_, response) => void response.writeHead(429, { "retry-after": "30" }).end(),
    call: async ({ pikzels, until }, signal) => {
      pikzels.pikzonalities.get(id, { timeoutMs: 31_000, signal }).catch(() => undefined);
      await until("retry");
      return pikzels.pikzonalities.get(id, { signal });
    },
    reached: ({ until }) => until("retry").then(() => sleep(5)),
  },
  polling: {
    serve: (_, response) => void response.end(JSON.stringify(processing)),
    call: ({ pikzels }, signal) => pikzels.pikzonalities.waitUntilReady(id, { signal }),
    reached: ({ until }) => until("response").then(() => sleep(5)),
  },
  "waiting for a download": {
    serve: () => undefined,
    call: ({ pikzels, url }, signal) => pikzels.download(`${url}/a.png`, { signal }),
    reached: ({ until }) => until("arrival"),
  },
  downloading: {
    serve: (_, response) => {
      response.writeHead(200, { "content-length": 10_000 });
      response.write(
        Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(200)]),
      );
    },
    call: ({ pikzels, url }, signal) => pikzels.download(`${url}/a.png`, { signal }),
    reached: ({ until }) => until("arrival").then(() => sleep(20)),
  },
  "backing off in a download": {
    serve: (_, response) => void response.writeHead(503, { "retry-after": "30" }).end(),
    call: ({ pikzels, url }, signal) => pikzels.download(`${url}/a.png`, { signal }),
    reached: ({ until }) => until("arrival").then(() => sleep(20)),
  },
};

describe("an abort", () => {
  test.each(Object.entries(moments))(
    "%s settles the call and leaves nothing behind",
    async (_, moment) => {
      const world = await startWorld(moment.serve);
      const timersBefore = activeTimers();
      const controller = new AbortController();
      const reason = new Error("the user went away");

      const ended = moment.call(world, controller.signal).then(
        () => "succeeded",
        (error: unknown) => error,
      );
      await moment.reached(world);
      controller.abort(reason);
      // Compared with a timer of this event loop rather than a clock: a busy machine delays both
      // equally.
      const first = await Promise.race([ended, sleep(50, "over 50 ms")]);

      expect(first).toBe(reason);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      for (const request of world.openRequests) request.resume();
      // A connection that waits for another request belongs to the pool, and keeps nothing alive.
      await expect.poll(() => world.openRequests.size, { timeout: 2000 }).toBe(0);
      await expect
        .poll(() => activeTimers() - timersBefore, { timeout: 2000 })
        .toBeLessThanOrEqual(0);
    },
  );

  test("of a queued call lets the next in line start", async () => {
    const arrived: string[] = [];
    const world = await startWorld((request, response) => {
      arrived.push(request.url ?? "");
      setImmediate(() => response.end("{}"));
    });
    const { pikzonalities } = world.pikzels;
    const controller = new AbortController();

    const first = pikzonalities.get("first");
    const aborted = pikzonalities.get("aborted", { signal: controller.signal });
    const last = pikzonalities.get("last");
    const rejected = expect(aborted).rejects.toHaveProperty("name", "AbortError");
    controller.abort();
    await Promise.all([first, last, rejected]);

    expect(arrived).toEqual(["/v2/pikzonality/first", "/v2/pikzonality/last"]);
  });
});

/** With only one slot, so that a second call has to queue. */
async function startWorld(listener: RequestListener): Promise<World> {
  const happened = new EventTarget();
  const past = new Set<string>();
  const openRequests = new Set<IncomingMessage>();
  const tell = (type: string) => {
    past.add(type);
    happened.dispatchEvent(new Event(type));
  };
  const server = createServer((request, response) => {
    openRequests.add(request);
    response.once("close", () => openRequests.delete(request));
    tell("arrival");
    listener(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pikzels = createPikzels({
    apiKey: "pkz_abort",
    baseUrl: url,
    concurrency: 1,
    onEvent: ({ type }) => {
      tell(type);
    },
  });
  const until: World["until"] = async (type) => {
    if (!past.has(type)) await once(happened, type);
  };
  return { openRequests, url, pikzels, until };
}

/** Everything that keeps a process alive; the test's own timers are the same before and after. */
function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
