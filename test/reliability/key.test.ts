import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  PikzelsConnectionError,
  PikzelsExpiredError,
  PikzelsInputError,
  PikzelsTimeoutError,
  PikzelsTrainingError,
  PikzelsUnexpectedResponseError,
  type PikzelsEvent,
  type PikzelsOptions,
} from "pikzels-client";
import { faultNames, startEmulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { placesOf, shows } from "./support/find-secret.js";
import { startEmulatorProcess } from "./support/start-emulator-process.js";
import { createPikzels, type Pikzels, errorCodes } from "../support/client.js";

/** The secret to search for in everything that leaves the library. */
const canary = "pkz_CANARY.4f1d9b7e2c";
const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const prompt = { prompt: "A week alone in the Arctic" };

const events: PikzelsEvent[] = [];
let consoleOutput = "";

beforeEach(() => {
  events.length = 0;
  consoleOutput = "";
  const keep = (chunk: string | Uint8Array) => {
    consoleOutput += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const)
    vi.spyOn(console, method).mockImplementation((...parts) => (consoleOutput += parts.join(" ")));
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(placesOf(canary, events)).toEqual([]);
  expect(shows(consoleOutput, canary)).toBe(false);
});

function clientOf(baseUrl: string, options: PikzelsOptions = {}): Pikzels {
  return createPikzels({
    apiKey: canary,
    baseUrl,
    maxRetries: 0,
    onEvent: (event) => events.push(event),
    ...options,
  });
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function errorOf(call: Promise<unknown>): Promise<Error> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError("the call did not fail");
  return error;
}

test("the search of these tests finds a secret wherever it may hide", () => {
  const cause = new Error("x", { cause: { [Symbol("hidden")]: canary } });
  class Holder {
    get key() {
      return canary;
    }
  }
  const hidden = Object.defineProperty({}, "hidden", { value: canary });
  const hiding: unknown[] = [cause, new Holder(), hidden, new Headers({ "x-api-key": canary })];
  hiding.push(new Map([[canary, 1]]), [Buffer.from(`x${canary}`).toString("base64")], () => canary);
  hiding.push({ [canary]: 1 }, Object.create({ inherited: canary }));

  for (const value of hiding.filter((value) => typeof value !== "function"))
    expect(placesOf(canary, value)).not.toEqual([]);
  expect(placesOf(canary, { innocent: "pkz_other" })).toEqual([]);
});

describe("the client itself", () => {
  test.each<[string, PikzelsOptions["apiKey"]]>([
    ["a key", canary],
    ["a function that returns the key", () => Promise.resolve(canary)],
  ])("does not show the key it was made with: %s", async (_, apiKey) => {
    await using emulator = await startEmulator();
    const pikzels = clientOf(emulator.url, { apiKey });

    await pikzels.titles.fromText(prompt);

    const withoutOurFunction = typeof apiKey === "function" ? { ...pikzels } : pikzels;
    expect(placesOf(canary, withoutOurFunction)).toEqual([]);
    expect(emulator.requests).toMatchObject([{ hadKey: true }]);
    expect(placesOf(canary, [emulator.requests, emulator.ledger, emulator.stats])).toEqual([]);
  });

  test.each(["pkz_CANARY\n4f1d9b7e2c", "pkz_CANARY é", "CANARY.4f1d9b7e2c", "pkz_", " pkz_x"])(
    "refuses the key %j without quoting it",
    (apiKey) => {
      let error: unknown;
      try {
        createPikzels({ apiKey });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(PikzelsInputError);
      expect(placesOf("CANARY", error)).toEqual([]);
    },
  );
});

describe("no error shows the key:", () => {
  test.each(errorCodes)("the code %s", async (code) => {
    await using emulator = await startEmulator();
    emulator.provoke({ code, message: `What ${canary} sent`, details: [{ message: canary }] });

    const error = await errorOf(clientOf(emulator.url).titles.fromText(prompt));

    expect(error).toMatchObject({ code });
    expect(placesOf(canary, error)).toEqual([]);
  });

  test.each(faultNames.filter((fault) => !["slow-answer", "wrong-content-type"].includes(fault)))(
    "the fault %s",
    async (fault) => {
      await using emulator = await startEmulator();
      emulator.provoke({ fault });

      const client = clientOf(emulator.url, { attemptTimeoutMs: 200 });
      const error = await errorOf(client.titles.fromText(prompt));

      expect(placesOf(canary, error)).toEqual([]);
    },
  );

  test("all other errors", async () => {
    await using emulator = await startEmulator({ trainingMs: 0, clock: "manual" });
    const client = clientOf(emulator.url, { attemptTimeoutMs: 1000 });
    const image_urls = [1, 2, 3].map((n) => `https://example.com/${n}.png`) as [
      string,
      string,
      string,
    ];
    const { output } = await client.thumbnails.fromText({
      ...prompt,
      model: "pkz_4",
      format: "16:9",
    });
    emulator.failTraining(1);
    const style = await client.styles.create({ name: "Fails", image_urls });
    emulator.advance(25 * 3600 * 1000);

    const errors = await Promise.all(
      [
        client.pikzonalities.waitUntilReady(style.id),
        client.download(output),
        client.pikzonalities.get("../x"),
        clientOf(await serve(() => undefined)).titles.fromText(prompt, { timeoutMs: 50 }),
        clientOf("http://127.0.0.1:1").titles.fromText(prompt),
        clientOf(emulator.url, {
          apiKey: () => Promise.reject(new Error("no key")),
        }).titles.fromText(prompt),
        client.titles.fromText(prompt, { headers: { "x-api-key": canary } }),
        client.titles.fromText(prompt, { headers: { "x-note": `a\n${canary}` } }),
      ].map(errorOf),
    );

    const classes = [
      PikzelsTrainingError,
      PikzelsExpiredError,
      PikzelsInputError,
      PikzelsTimeoutError,
      PikzelsConnectionError,
      PikzelsInputError,
      PikzelsInputError,
      PikzelsInputError,
    ];
    expect(errors.map(({ name }) => name)).toEqual(classes.map(({ name }) => name));
    for (const error of errors) expect(placesOf(canary, error)).toEqual([]);
  });
});

describe("the key is not shown if it is returned by", () => {
  const key = ({ headers }: IncomingMessage) => String(headers["x-api-key"]);

  test.each([200, 400, 404, 429, 500, 502])(
    "a %i that quotes the request's headers",
    async (status) => {
      const url = await serve((request, response) => {
        response.statusMessage = key(request);
        response.writeHead(status, { "x-request-id": key(request), "x-echo": key(request) });
        response.end(`<pre>${JSON.stringify(request.headers)}</pre>`);
      });

      const error = await errorOf(clientOf(url).titles.fromText(prompt));
      const passedOn =
        status === 200
          ? []
          : [await errorOf(clientOf(url).api.POST("/v2/title/text", { body: prompt }))];

      expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
      expect(placesOf(canary, [error, passedOn])).toEqual([]);
    },
  );

  test.each([[String], [escaped], [(text: string) => JSON.stringify({ text })]])(
    "an envelope that quotes it in every field",
    async (spell) => {
      const url = await serve((request, response) => {
        const quoted = spell(key(request));
        const error = {
          code: quoted,
          message: quoted,
          details: [{ field: quoted, message: quoted }],
        };
        response.writeHead(400, { "content-type": "application/json", "x-echo": key(request) });
        response.end(
          JSON.stringify({ error, request_id: quoted, [quoted]: 1 }).replaceAll("\\\\u", "\\u"),
        );
      });
      const client = clientOf(url);

      expect(placesOf(canary, await errorOf(client.titles.fromText(prompt)))).toEqual([]);
      const { error, response } = await client.api.POST("/v2/title/text", { body: prompt });
      expect(placesOf(canary, [error, [...response.headers]])).toEqual([]);
    },
  );

  test("a fetch whose error contains itself", async () => {
    const circle: Record<string, unknown> = { key: canary };
    const failing = Object.assign(new Error("failed"), { code: "ECONNRESET", circle });
    circle["self"] = circle;
    const fetch = () => Promise.reject(failing);

    const error = await errorOf(clientOf("https://a.test", { fetch }).titles.fromText(prompt));

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(placesOf(canary, error)).toEqual([]);
  });

  test("a fetch whose error carries the request", async () => {
    const fetch: PikzelsOptions["fetch"] = (url, init) => {
      const error = Object.assign(new Error(`failed: ${JSON.stringify(init)}`), {
        request: { url, ...init },
        cause: Object.assign(new Error("reset"), { code: "ECONNRESET", headers: init.headers }),
      });
      return Promise.reject(error);
    };

    const error = await errorOf(clientOf("https://a.test", { fetch }).titles.fromText(prompt));

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error.message).toContain("ECONNRESET");
    expect(placesOf(canary, error)).toEqual([]);
  });
});

/** In JSON, any character may be escaped, so a search of the text for the key would miss it. */
function escaped(text: string): string {
  return Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join(
    "",
  );
}

describe("redirects never take the key along:", () => {
  const statuses = [301, 302, 303, 307, 308];
  const targets = ["same origin", "other origin"] as const;
  const calls = ["POST", "GET", "PATCH", "DELETE"] as const;
  const cases = statuses.flatMap((status) =>
    targets.flatMap((target) => calls.map((method) => ({ status, target, method }))),
  );

  test.each(cases)("$method, $status to the $target is not followed", async (redirect) => {
    const { status, target, method } = redirect;
    const asked: string[] = [];
    const elsewhere = await serve(({ url = "" }, response) => {
      asked.push(`elsewhere ${url}`);
      response.end();
    });
    const url = await serve((request, response) => {
      asked.push(request.url ?? "");
      const location = `${target === "same origin" ? "" : elsewhere}/moved`;
      response.writeHead(status, { location }).end();
    });
    const { titles, pikzonalities } = clientOf(url, { maxRetries: 2 });

    const error = await errorOf(
      {
        POST: () => titles.fromText(prompt),
        GET: () => pikzonalities.get(id),
        PATCH: () => pikzonalities.update(id, { special_instructions: null }),
        DELETE: () => pikzonalities.delete(id),
      }[method](),
    );

    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
    expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown" });
    expect(asked).toHaveLength(1);
    expect(placesOf(canary, error)).toEqual([]);
  });
});

describe("downloads", () => {
  test.each([200, 301, 302, 303, 307, 308, 403, 500])(
    "send no key, even if the response is %i",
    async (status) => {
      const seen: IncomingMessage[] = [];
      const elsewhere = await serve((request, response) => {
        seen.push(request);
        response.end("no image");
      });
      const url = await serve((request, response) => {
        seen.push(request);
        response.writeHead(status, { location: `${elsewhere}/b.png` }).end("no image");
      });

      const error = await errorOf(clientOf(url).download(`${url}/a.png`, { timeoutMs: 1500 }));

      expect(seen.length).toBeGreaterThan(0);
      for (const { headers, rawHeaders, url } of seen)
        expect(placesOf(canary, { headers, rawHeaders, url })).toEqual([]);
      expect(placesOf(canary, error)).toEqual([]);
    },
  );
});

test("the key goes to the configured origin in its header, and nowhere else", async () => {
  const requests: { rawHeaders: string[]; url: string | undefined; body: string }[] = [];
  const url = await serve((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      requests.push({ rawHeaders: request.rawHeaders, url: request.url, body });
      response.end("{}");
    });
  });
  const { titles, pikzonalities, api } = clientOf(url);
  await titles.fromText(prompt);
  await pikzonalities.get(id);
  await pikzonalities.update(id, { special_instructions: null });
  await pikzonalities.delete(id);
  await api.GET("/v2/pikzonality/{id}", { params: { path: { id } } });

  expect(requests).toHaveLength(5);
  for (const { rawHeaders, ...rest } of requests) {
    const at = rawHeaders.indexOf(canary);
    expect(rawHeaders[at - 1]?.toLowerCase()).toBe("x-api-key");
    expect(placesOf(canary, [rawHeaders.toSpliced(at, 1), rest])).toEqual([]);
  }
});

test("the emulator's process does not print the key, and its control API does not return it", async () => {
  const emulator = await startEmulatorProcess({ acceptUnknownKeys: false });
  const error = await errorOf(clientOf(emulator.url).titles.fromText(prompt));

  expect(error).toMatchObject({ code: "INVALID_API_KEY" });
  expect(placesOf(canary, await emulator.ask())).toEqual([]);
  expect(shows(emulator.output(), canary)).toBe(false);
});
