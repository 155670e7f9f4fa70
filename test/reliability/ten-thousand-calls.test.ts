import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isPikzelsError, type AnyPikzelsError, type Fetch } from "pikzels-client";
import type { Charge, FaultName, Provocation } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulatorProcess } from "./support/start-emulator-process.js";
import { createPikzels, type Pikzels } from "../support/client.js";
import { errorCodes } from "../sample-api/generated/errors.js";

/** More than may be in flight, so that some are always queued. */
const callers = 40;
const inFlightAtMost = 10;

const codes: Provocation[] = errorCodes.map((code) =>
  code === "TOO_MANY_REQUESTS" ? { code, retryAfter: 0 } : { code },
);
const resets: Provocation[] = (["before", "during", "after"] as const).map((when) => {
  return { fault: "reset", when };
});
const spoiled: FaultName[] = [
  "cut-body",
  "empty-body",
  "html",
  "malformed-json",
  "truncated-json",
  "null-body",
  "wrong-shape",
  "wrong-content-type",
  "missing-code",
  "foreign-code",
  "redirect",
  "wrong-length",
];
/** After these the client hangs up, and the server notices a moment after the next request. */
const hungUpOn: FaultName[] = ["no-answer", "stalled-body", "endless-body"];

// Backoffs of a few milliseconds. Not a spy: it would remember ten thousand calls.
const { random } = Math;
beforeEach(() => {
  Math.random = () => 0.004;
});
afterEach(() => {
  Math.random = random;
});

test("10,000 calls of which one request in five fails: none lost, paid twice or stuck", async () => {
  const randomFaults: Provocation[] = [
    ...codes,
    ...resets,
    ...resets,
    ...spoiled.map((fault) => ({ fault })),
    { fault: "html", when: "after" },
    { fault: "slow-answer", delayMs: 20 },
    { fault: "huge-body", bytes: 2 ** 20 },
  ];
  const emulator = await startEmulatorProcess({
    faultRate: 0.2,
    seed: 20261122,
    randomFaults,
    processingMs: 5,
  });
  const seen = await makeCalls(emulator.url, 10_000);

  const { stats, charges, requests } = await emulator.ask();
  expect(seen.successes + seen.errors.length).toBe(10_000);
  expect(stats.requests).toBeLessThanOrEqual(seen.requests);
  expect(stats.requests).toBeGreaterThan(10_000);
  expect(stats.inFlight).toBe(0);
  expect(stats.maxInFlight).toBeLessThanOrEqual(inFlightAtMost);
  expect(stats.maxInFlight).toBeGreaterThan(inFlightAtMost / 2);
  // This many really failed, and in every way there is.
  const failures = requests.filter(({ status, code, fault }) => fault ?? code ?? status !== 200);
  expect(failures.length / requests.length).toBeGreaterThan(0.15);
  expect(new Set(failures.map(({ code, fault }) => fault ?? code)).size).toBeGreaterThan(40);

  expectEachPaidOnce(charges, seen);

  const [early = 0, ...later] = seen.heapMegabytes;
  expect(Math.max(...later) - early, seen.heapMegabytes.join(", ")).toBeLessThan(4);
}, 400_000);

test("500 calls to a server that falls silent or never stops: none lost, paid twice or stuck", async () => {
  const randomFaults = hungUpOn.map((fault): Provocation => ({ fault }));
  const emulator = await startEmulatorProcess({ faultRate: 0.2, seed: 1122, randomFaults });
  const counter = countInFlight();
  const seen = await makeCalls(emulator.url, 500, counter.fetch);

  const { charges } = await emulator.ask();
  expect(seen.successes + seen.errors.length).toBe(500);
  expect(counter.most()).toBe(inFlightAtMost);
  const names = new Set(seen.errors.map(({ name }) => name));
  expect(names).toContain("PikzelsTimeoutError");
  expect(names).toContain("PikzelsUnexpectedResponseError");
  expectEachPaidOnce(charges, seen);
}, 120_000);

interface Seen {
  successes: number;
  /** Of the successes that cost something. */
  paidIds: Set<string>;
  errors: AnyPikzelsError[];
  requests: number;
  /** Measured after each quarter of the calls, with garbage collected. */
  heapMegabytes: number[];
}

async function makeCalls(baseUrl: string, total: number, fetch?: Fetch): Promise<Seen> {
  const paidIds = new Set<string>();
  const seen: Seen = {
    successes: 0,
    paidIds,
    errors: [],
    requests: 0,
    heapMegabytes: [],
  };
  const pikzels = createPikzels({
    apiKey: "pkz_ten_thousand",
    baseUrl,
    attemptTimeoutMs: 1000,
    fetch,
    onEvent: ({ type }) => {
      if (type === "request") seen.requests++;
    },
  });

  const styleId = await createStyle(pikzels);
  let begun = 0;
  let ended = 0;
  const caller = async () => {
    while (begun < total) {
      try {
        const paidId = await makeCall(begun++);
        seen.successes++;
        if (paidId !== undefined) {
          expect(paidIds.has(paidId)).toBe(false);
          paidIds.add(paidId);
        }
      } catch (error) {
        if (!isPikzelsError(error)) throw error;
        seen.errors.push(error);
      }
      if (++ended % (total / 4) === 0) seen.heapMegabytes.push(heapMegabytes());
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return seen;

  /** The id of a request that has to be paid for; undefined for all others. */
  async function makeCall(number: number): Promise<string | undefined> {
    if (number % 4 === 0) {
      await pikzels.pikzonalities.get(styleId);
      return undefined;
    }
    if (number % 4 === 1) {
      await pikzels.pikzonalities.update(styleId, { special_instructions: `Part ${number}` });
      return undefined;
    }
    const { request_id } = await pikzels.titles.fromText({ prompt: `Winter, part ${number}` });
    return request_id;
  }
}

/**
 * Creating fails as often as everything else; each attempt is a paid call of its own and needs its
 * own name.
 */
async function createStyle({ styles }: Pikzels): Promise<string> {
  const url = "https://example.com/1.png";
  for (let attempt = 1; ; attempt++) {
    try {
      const body = {
        name: `Style ${attempt}`,
        image_urls: [url, url, url] as [string, string, string],
      };
      return (await styles.create(body)).id;
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

/** Checks the ledger against what the callers were told. */
function expectEachPaidOnce(charges: readonly Charge[], { paidIds, errors }: Seen): void {
  const titles = charges.filter(({ operation }) => operation === "post_v2_title_text");
  const chargedIds = new Set(titles.map(({ requestId }) => requestId));
  expect(chargedIds.size).toBe(titles.length);
  expect([...paidIds].filter((id) => !chargedIds.has(id))).toEqual([]);

  // Every caller who was charged without a result was told that this may have happened.
  const failed = errors.filter(({ operation }) => operation?.method === "POST");
  const doubtful = failed.filter(({ outcome }) => outcome === "unknown");
  const certain = failed.filter(({ outcome }) => outcome !== "unknown");
  expect(certain.filter(({ requestId = "" }) => chargedIds.has(requestId))).toEqual([]);
  const doubtfulIds = new Set(doubtful.map(({ requestId }) => requestId));
  const unexplained = [...chargedIds].filter((id) => !paidIds.has(id) && !doubtfulIds.has(id));
  const withoutId = doubtful.filter(({ requestId }) => requestId === undefined);
  expect(unexplained.length).toBeLessThanOrEqual(withoutId.length);
  expect(doubtful.length).toBeGreaterThan(0);
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Counts requests from when they are sent until their response ends or is released. */
function countInFlight() {
  let inFlight = 0;
  let most = 0;
  const counting: Fetch = async (url, init) => {
    most = Math.max(most, ++inFlight);
    let isOver = false;
    const over = () => {
      if (!isOver) inFlight--;
      isOver = true;
    };
    init.signal.addEventListener("abort", over);
    try {
      const response = await fetch(url, init);
      return new Response(response.body && watched(response.body, over), response);
    } catch (error) {
      over();
      throw error;
    }
  };
  return { fetch: counting, most: () => most };
}

function watched(body: ReadableStream<Uint8Array>, over: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) controller.enqueue(value);
      else {
        over();
        controller.close();
      }
    },
    cancel(reason) {
      over();
      return reader.cancel(reason);
    },
  });
}
