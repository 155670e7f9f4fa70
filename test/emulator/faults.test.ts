import { request as startRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import {
  faultNames,
  type Emulator,
  type FaultName,
  type Provocation,
} from "pikzels-client/emulator";
import { call, create, emulatorForTest, thumbnail } from "./support.js";

const path = "/v2/thumbnail/text";

/** What a client sees of a fault, in a word or two, and whether the call is charged by default. */
const expectations: Record<FaultName, { seen: string; isCharged: boolean }> = {
  reset: { seen: "ECONNRESET", isCharged: false },
  "no-answer": { seen: "nothing", isCharged: false },
  "slow-answer": { seen: "200 genuine", isCharged: true },
  "stalled-body": { seen: "200, then nothing", isCharged: true },
  "cut-body": { seen: "200, then closed", isCharged: true },
  "empty-body": { seen: "502 empty", isCharged: false },
  html: { seen: "502 text/html", isCharged: false },
  "malformed-json": { seen: "200 no JSON", isCharged: true },
  "truncated-json": { seen: "200 no JSON", isCharged: true },
  "wrong-content-type": { seen: "200 text/plain", isCharged: true },
  "null-body": { seen: "200 null", isCharged: true },
  "wrong-shape": { seen: '200 ["something","else"]', isCharged: true },
  "missing-code": { seen: "500 without code", isCharged: false },
  "foreign-code": { seen: "400 NEVER_PUBLISHED", isCharged: false },
  redirect: { seen: "302", isCharged: false },
  "wrong-length": { seen: "200 no JSON", isCharged: true },
  "endless-body": { seen: "200, more than 2 MB", isCharged: true },
  "huge-body": { seen: "200, more than 2 MB", isCharged: true },
};

describe("every fault does what it says", () => {
  test.each(faultNames)("%s", async (fault) => {
    const emulator = await emulatorForTest({ clock: "real" });
    emulator.provoke({ fault, delayMs: 20 });

    const seen = await observe(emulator, {
      headMs: fault === "no-answer" ? 200 : undefined,
      bodyMs: fault === "stalled-body" ? 200 : undefined,
    });

    expect(seen).toBe(expectations[fault].seen);
    expect(emulator.ledger.charges).toHaveLength(expectations[fault].isCharged ? 1 : 0);
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
    expect(emulator.stats.inFlight).toBe(0);
  });
});

describe("a fault applies when told to", () => {
  test.each([
    ["before", 0],
    ["during", 0],
    ["after", 1],
  ] as const)("a reset %s the work leaves %i charges", async (when, charges) => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "reset", when });

    expect(await observe(emulator)).toBe("ECONNRESET");

    expect(emulator.ledger.charges).toHaveLength(charges);
    expect(emulator.requests).toMatchObject([{ fault: "reset", status: undefined }]);
  });

  test.each([
    ["before", 200],
    ["during", 200],
    ["after", 404],
  ] as const)(
    "a deletion repeated after a reset %s the work is answered with %i",
    async (when, status) => {
      const emulator = await emulatorForTest({ trainingMs: 0 });
      const resource = `/v2/pikzonality/${await create(emulator, "style")}`;
      emulator.provoke({ fault: "reset", when });

      await expect(call(emulator, "DELETE", resource)).rejects.toThrow();

      expect((await call(emulator, "DELETE", resource)).status).toBe(status);
    },
  );

  test("sending a POST twice is charged twice: nothing merges the two", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "reset", when: "after" });

    await observe(emulator);
    await call(emulator, "POST", path, thumbnail);

    expect(emulator.ledger.charges).toHaveLength(2);
  });
});

describe("the settings of a fault allow", () => {
  test.each([301, 302, 303, 307, 308])("a redirect with %i to another origin", async (status) => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "redirect", status });

    const reply = await call(emulator, "POST", path, thumbnail);

    expect(reply.status).toBe(status);
    const location = new URL(reply.headers.get("location") ?? "");
    expect(location.origin).toBe(`http://localhost:${emulator.port}`);
    expect((await fetch(location)).status).toBe(200);
  });

  test("a redirect to another origin, whichever name of the emulator was used", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "redirect" });
    const url = `http://localhost:${emulator.port}${path}`;
    const { headers } = await fetch(url, { method: "POST", redirect: "manual" });
    expect(new URL(headers.get("location") ?? "").hostname).toBe("127.0.0.1");
  });

  test("a redirect to any location", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "redirect", location: "https://elsewhere.invalid/" });

    const { headers } = await call(emulator, "POST", path, thumbnail);

    expect(headers.get("location")).toBe("https://elsewhere.invalid/");
  });

  test("an HTML page with status 200", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "html", status: 200 });

    const reply = await call(emulator, "POST", path, thumbnail);

    expect(reply.status).toBe(200);
    expect(reply.text).toContain("<h1>");
  });

  test("a body with a given number of bytes, matching its Content-Length", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "huge-body", bytes: 200_001 });

    const reply = await call(emulator, "POST", path, thumbnail);

    expect(reply.text).toHaveLength(200_001);
    expect(reply.headers.get("content-length")).toBe("200001");
  });

  test.each([
    [60_000, { delayMs: 60_000 }],
    [1000, {}],
  ])("a response %i ms late, on the emulator's clock, for %j", async (ms, settings) => {
    const emulator = await emulatorForTest();
    emulator.provoke({ fault: "slow-answer", ...settings });
    const reply = call(emulator, "POST", path, thumbnail);
    await charged(emulator);
    expect(emulator.stats.inFlight).toBe(1);

    emulator.advance(ms);

    expect((await reply).status).toBe(200);
  });
});

describe("random faults", () => {
  test("occur about as often as requested, and the same for the same seed", async () => {
    const failures = async (seed: number) => {
      const emulator = await emulatorForTest({
        faultRate: 0.3,
        seed,
        randomFaults: [{ code: "GENERATION_FAILED" }, { code: "TOO_MANY_REQUESTS" }],
      });
      const seen: number[] = [];
      for (let turn = 0; turn < 60; turn++)
        seen.push((await call(emulator, "POST", "/v2/title/text", { prompt: "a" })).status);
      return seen;
    };

    const first = await failures(7);

    expect(await failures(7)).toEqual(first);
    expect(await failures(8)).not.toEqual(first);
    const share = first.filter((status) => status !== 200).length / first.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.5);
    expect(new Set(first)).toEqual(new Set([200, 429, 500]));
  });

  test("are a mix of codes and broken connections unless told otherwise; only successes are charged", async () => {
    const emulator = await emulatorForTest({ faultRate: 1 });

    for (let turn = 0; turn < 60; turn++) await observe(emulator);

    const kinds = new Set(emulator.requests.map(({ fault, code }) => fault ?? code));
    expect(kinds).toContain("reset");
    expect(kinds).toContain("TOO_MANY_REQUESTS");
    expect(kinds.size).toBeGreaterThan(5);
    const charged = emulator.requests.filter(({ usd }) => usd > 0);
    expect(charged).toHaveLength(emulator.ledger.charges.length);
    expect(charged.every(({ fault }) => fault !== undefined)).toBe(true);
  });
});

/** Resolves when the emulator has charged for something. */
async function charged(emulator: Emulator): Promise<void> {
  while (emulator.ledger.charges.length === 0) await new Promise(setImmediate);
}

/** Makes a call and returns what came back; "nothing" is an observation too. */
async function observe(
  emulator: Emulator,
  {
    headMs = 30_000,
    bodyMs = 30_000,
  }: { headMs?: number | undefined; bodyMs?: number | undefined } = {},
): Promise<string> {
  const request = startRequest(emulator.url + path, {
    method: "POST",
    agent: false,
    headers: { "x-api-key": "pkz_test", "content-type": "application/json" },
  });
  // A broken connection shows in the response; this only keeps it from failing the test.
  request.on("error", () => undefined);
  request.end(JSON.stringify(thumbnail));
  let response: IncomingMessage;
  try {
    const signal = AbortSignal.timeout(headMs);
    [response] = (await once(request, "response", { signal })) as [IncomingMessage];
  } catch (error) {
    request.destroy();
    const { name, code } = error as NodeJS.ErrnoException;
    return name === "AbortError" ? "nothing" : (code ?? name);
  }
  return `${response.statusCode ?? 0}${await describeBody(response, bodyMs)}`;
}

async function describeBody(response: IncomingMessage, patienceMs: number): Promise<string> {
  let text = "";
  const silence = setTimeout(() => response.destroy(new Error("silence")), patienceMs);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text.length > 2 * 1024 * 1024) return ", more than 2 MB";
    }
  } catch (error) {
    return (error as Error).message === "silence" ? ", then nothing" : ", then closed";
  } finally {
    clearTimeout(silence);
  }
  const type = response.headers["content-type"] ?? "";
  if (response.statusCode === 302) return "";
  if (text === "") return " empty";
  if (!type.startsWith("application/json")) return ` ${type.split(";")[0] ?? ""}`;
  return describeJson(text);
}

function describeJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return " no JSON";
  }
  if (value === null || Array.isArray(value)) return ` ${text}`;
  const { error, output } = value as { error?: { code?: string }; output?: string };
  if (output !== undefined) return " genuine";
  return ` ${error?.code ?? "without code"}`;
}

test("the type of a provocation restricts its settings", () => {
  const provocations: Provocation[] = [
    { code: "CONFLICT" },
    { code: "NEWER_THAN_THIS_PACKAGE", status: 418 },
    { fault: "reset", when: "after", method: "POST", times: 3 },
    // @ts-expect-error -- no such fault
    { fault: "flood" },
  ];
  expect(provocations).toHaveLength(4);
});
