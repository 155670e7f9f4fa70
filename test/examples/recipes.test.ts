import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { createPikzels, type Pikzels } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { chooseVariant } from "../../examples/choose-variant/choose-variant.js";
import { openJournal } from "../../examples/graceful-stop/journal.js";
import { personaNamed } from "../../examples/personas/persona-file.js";
import { makeAll } from "../../examples/plain-batch/make-all.js";
import { root } from "../docs/snippets.js";

let emulator: Emulator;
let pikzels: Pikzels;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator({ trainingMs: 50 });
  pikzels = createPikzels({ apiKey: "pkz_example", baseUrl: emulator.url, maxRetries: 0 });
  folder = await mkdtemp(join(tmpdir(), "pikzels-recipes-"));
});
afterEach(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

const environment = () => ({
  ...process.env,
  PIKZELS_API_KEY: "pkz_example",
  PIKZELS_BASE_URL: emulator.url,
});

/** Runs a program of the examples to its end. */
function run(program: string, args: string[], env: Record<string, string> = {}) {
  const main = join(root, "examples", program);
  return promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args], {
    cwd: root,
    env: { ...environment(), ...env },
  });
}

describe("plain-batch", () => {
  test("saves what can be made, and says what may have been paid for of the rest", async () => {
    emulator.provoke({ code: "CONTENT_POLICY" });
    const prompts = Array.from({ length: 15 }, (_, index) => `A summit, take ${index + 1}`);
    const made = await makeAll(pikzels, prompts, folder);
    expect(made.filter((one) => "error" in one)).toMatchObject([{ mayHaveBeenPaid: false }]);
    expect(await readdir(folder)).toHaveLength(14);
    expect(emulator.ledger.charges).toHaveLength(14);
  });

  test("pays for nothing if the folder is missing", async () => {
    const made = await makeAll(pikzels, ["A summit"], join(folder, "missing"));
    expect(made).toMatchObject([{ mayHaveBeenPaid: false }]);
    expect(emulator.requests).toHaveLength(0);
  });
});

describe("graceful-stop", () => {
  test("finishes and writes down what is in flight, and goes on later without paying twice", async () => {
    await emulator.close();
    emulator = await startEmulator({ processingMs: 1500 });
    const journal = join(folder, "journal.ndjson");
    const prompts = Array.from({ length: 8 }, (_, index) => `A summit, take ${index + 1}`);
    const main = join(root, "examples/graceful-stop/main.ts");
    const args = ["--import", "tsx", main, journal, ...prompts];
    const program = spawn(process.execPath, args, { cwd: root, env: environment() });
    const output = text(program.stdout);
    await vi.waitFor(
      () => {
        expect(emulator.stats.inFlight).toBe(4);
      },
      { timeout: 30_000, interval: 5 },
    );
    program.kill("SIGTERM");
    expect(await once(program, "exit")).toEqual([0, null]);
    expect(await output).toBe("4 of 8 are done.\n");
    expect(emulator.ledger.charges).toHaveLength(4);

    const { stdout } = await run("graceful-stop/main.ts", [journal, ...prompts]);
    expect(stdout).toBe("8 of 8 are done.\n");
    expect(emulator.ledger.charges).toHaveLength(8);
    expect((await readFile(journal, "utf8")).trim().split("\n")).toHaveLength(16);
  }, 60_000);
});

describe("the journal of graceful-stop", () => {
  test("survives half a line, as of a program that was killed", async () => {
    const file = join(folder, "journal.ndjson");
    openJournal(file).write({ id: "é", state: "sent" });
    await appendFile(file, '{"id":"b","sta');
    openJournal(file).write({ id: "c", state: "sent" });
    expect([...openJournal(file).entries.keys()]).toEqual(["é", "c"]);
  });
});

describe("a proxy", () => {
  /** A forward proxy for http, which notes what passes through it. */
  async function startProxy() {
    const passed: string[] = [];
    const server = createServer((request, response) => {
      passed.push(`${request.method ?? ""} ${request.url ?? ""}`);
      const { method, headers, url = "" } = request;
      request.pipe(
        httpRequest(url, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }),
      );
    });
    server.on("connect", (request, socket) => {
      passed.push(`CONNECT ${request.url ?? ""}`);
      const [host = "", port = ""] = (request.url ?? "").split(":");
      void import("node:net").then(({ connect }) => {
        const upstream = connect(Number(port), host, () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          upstream.pipe(socket).pipe(upstream);
        });
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, passed };
  }

  test("of undici carries the calls", async () => {
    const proxy = await startProxy();
    const { stdout } = await run("proxy/main.ts", [], { PIKZELS_PROXY: proxy.url });
    expect(stdout).toMatch(/^\[\n? *'/);
    expect(proxy.passed).toHaveLength(1);
    expect(emulator.requests).toHaveLength(1);
  });
});

describe("one-file", () => {
  test("is built by esbuild, and runs without anything installed", async () => {
    const outfile = join(folder, "titles.mjs");
    await run("one-file/build.ts", [outfile]);
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, "Arctic"], {
      cwd: folder,
      env: environment(),
    });
    expect(stdout.trim().split("\n").length).toBeGreaterThan(1);
  });
});

describe("nextjs-route at the edge", () => {
  test("writes titles", async () => {
    vi.stubEnv("PIKZELS_API_KEY", "pkz_example");
    vi.stubEnv("PIKZELS_BASE_URL", emulator.url);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { GET, runtime } = await import("../../examples/nextjs-route/app/api/titles/route.js");
    expect(runtime).toBe("edge");
    const get = (query: string) => GET(new Request(`https://site.example/api/titles${query}`));
    const response = await get("?prompt=Arctic");
    expect(await response.json()).toEqual({ titles: expect.any(Array) as string[] });
    expect(await get("")).toMatchObject({ status: 400 });
    const log = vi.spyOn(console, "error").mockReturnValue();
    emulator.provoke({ code: "INSUFFICIENT_CREDITS" });
    expect(await get("?prompt=Arctic")).toMatchObject({ status: 503 });
    expect(log).toHaveBeenCalledOnce();
  });
});

describe("choose-variant", () => {
  test("stops at the first that is good enough, and else gives the best", async () => {
    // Outputs have an https address, as the service's own have.
    await emulator.close();
    emulator = await startEmulator({ publicUrl: "https://pikzels.test" });
    pikzels = createPikzels({ apiKey: "pkz_example", baseUrl: emulator.url, maxRetries: 0 });
    const prompts = ["A summit", "A cave", "A reef"];
    const title = "Alone";
    expect(await chooseVariant(pikzels, prompts, { title, goodEnough: 0 })).toMatchObject({
      prompt: "A summit",
    });
    expect(emulator.stats.byOperation).toMatchObject({ post_v2_thumbnail_text: 1 });
    const best = await chooseVariant(pikzels, prompts, { title, goodEnough: 101 });
    expect(emulator.stats.byOperation).toMatchObject({ post_v2_thumbnail_text: 4 });
    expect(prompts).toContain(best?.prompt);
  });
});

describe("personas", () => {
  const photos: [string, string, string] = [
    "https://example.com/1.png",
    "https://example.com/2.png",
    "https://example.com/3.png",
  ];

  test("are trained once and found again by name", async () => {
    const file = join(folder, "personas.json");
    const id = await personaNamed(pikzels, "Ada", photos, file);
    expect(await personaNamed(pikzels, "Ada", photos, file)).toBe(id);
    expect(emulator.ledger.charges).toHaveLength(1);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ Ada: id });

    await pikzels.pikzonalities.delete(id);
    expect(await personaNamed(pikzels, "Ada", photos, file)).not.toBe(id);
  });
});
