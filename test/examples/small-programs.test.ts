import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createPikzels } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createRetryBudget } from "../../examples/retry-budget/retry-budget.js";
import { rate } from "../../examples/result-style/rate.js";
import { root } from "../docs/snippets.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const client = (options = {}) =>
  createPikzels({ apiKey: "pkz_example", baseUrl: emulator.url, maxRetries: 0, ...options });

describe("quick-start", () => {
  async function run(...args: string[]) {
    const main = join(root, "examples/quick-start/main.ts");
    return promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args], {
      cwd: root,
      env: { ...process.env, PIKZELS_API_KEY: "pkz_example", PIKZELS_BASE_URL: emulator.url },
    });
  }

  test("saves a thumbnail of the prompt", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pikzels-quick-start-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "thumbnail.png");
    const { stdout } = await run("A summit at sunrise", file);
    const image = await readFile(file);
    expect(stdout).toBe(`${file}: ${image.length} bytes\n`);
    expect(image.subarray(1, 4).toString()).toBe("PNG");
  });

  test("ends with one line and exit code 1 when the service refuses", async () => {
    emulator.provoke({ code: "INSUFFICIENT_CREDITS" });
    await expect(run()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^POST .*INSUFFICIENT_CREDITS.*\n$/) as string,
    });
  });
});

describe("retry-budget", () => {
  test("bounds the retries of all calls together", async () => {
    emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 0, times: 100 });
    const budget = createRetryBudget({ perCall: 0.1, most: 3 });
    const pikzels = client({ onEvent: budget.onEvent });
    for (let call = 0; call < 10; call += 1) {
      const maxRetries = budget.maxRetries();
      await expect(
        pikzels.titles.fromText({ prompt: "Arctic" }, { maxRetries }),
      ).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    }
    // 3 that there were at first; what ten calls earn is not a whole one more.
    expect(emulator.requests.length).toBe(10 + 3);
  });

  test("earns anew with calls that need none", () => {
    const budget = createRetryBudget({ perCall: 0.5, most: 2 });
    const base = { call: 1, method: "POST", path: "/", attempt: 1 };
    const retry = { ...base, type: "retry", delayMs: 0, reason: "TOO_MANY_REQUESTS" } as const;
    budget.onEvent(retry);
    budget.onEvent(retry);
    expect(budget.maxRetries()).toBe(0);
    budget.onEvent({ ...base, type: "request" });
    budget.onEvent({ ...base, type: "request" });
    expect(budget.maxRetries()).toBe(1);
  });
});

describe("result-style", () => {
  const image_url = "https://example.com/photo.png";

  test("gives a rating, or why there is none", async () => {
    expect(await rate(client(), image_url)).toMatchObject({ kind: "rated" });
    emulator.provoke({ code: "NOT_FOUND" });
    expect(await rate(client(), image_url)).toEqual({
      kind: "refused",
      why: "404 NOT_FOUND",
      retryLater: false,
    });
    emulator.provoke({ code: "INSUFFICIENT_CREDITS" });
    expect(await rate(client(), image_url)).toMatchObject({ kind: "refused", retryLater: true });
  });

  test("rejects if no documented answer came", async () => {
    emulator.provoke({ fault: "html" });
    await expect(rate(client(), image_url)).rejects.toThrow("502");
  });
});

describe("nextjs-route", () => {
  beforeEach(() => {
    vi.stubEnv("PIKZELS_API_KEY", "pkz_example");
    vi.stubEnv("PIKZELS_BASE_URL", emulator.url);
    // Each test has an emulator of its own, and the route keeps its client.
    vi.resetModules();
  });
  afterEach(() => vi.unstubAllEnvs());

  async function post(body: unknown): Promise<{ status: number; json: unknown }> {
    const { POST } = await import("../../examples/nextjs-route/app/api/thumbnail/route.js");
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await POST(new Request("https://site.example/api/thumbnail", init));
    return { status: response.status, json: await response.json() };
  }

  test("makes a thumbnail of a prompt, and refuses to go without", async () => {
    const made = await post({ prompt: "A summit at sunrise" });
    expect(made).toEqual({ status: 200, json: { output: expect.any(String) as string } });
    expect(await post({})).toMatchObject({ status: 400 });
    expect(emulator.requests).toHaveLength(1);
  });

  test("tells the visitor what is the visitor's, and no more", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    emulator.provoke({ code: "CONTENT_POLICY" });
    expect(await post({ prompt: "Something bad" })).toMatchObject({ status: 422 });
    emulator.provoke({ code: "INSUFFICIENT_CREDITS" });
    expect(await post({ prompt: "A summit" })).toEqual({
      status: 503,
      json: { error: "Try again later." },
    });
    emulator.provoke({ fault: "reset", when: "after" });
    expect(await post({ prompt: "A summit" })).toMatchObject({ status: 502 });
    expect(log).toHaveBeenCalledTimes(2);
  });
});
