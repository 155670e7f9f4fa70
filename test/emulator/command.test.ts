import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { readFaults, readOptions } from "../../scripts/emulator/options.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { sampleApiArguments } from "../support/sample-api-process.js";
import { emulatorForTest, thumbnail, thumbnailUsd } from "./support.js";

/** Starts the command as a user does; it ends with the test. */
function startCommand(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const command = [...sampleApiArguments, "scripts/emulator.ts"];
  const child = spawn(process.execPath, [...command, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("the emulator as a command", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "serves until %s, reports every request, and sums up the charges",
    async (signal) => {
      const child = startCommand("--port", "0", "--fault", "TOO_MANY_REQUESTS");
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      while (!output.includes("Ctrl-C")) await once(child.stdout, "data");
      const [url = ""] = /http:\/\/[\d.:]+/.exec(output) ?? [];

      for (let turn = 0; turn < 2; turn++)
        await fetch(`${url}/v2/thumbnail/text`, {
          method: "POST",
          headers: { "x-api-key": "pkz_canary", "content-type": "application/json" },
          body: JSON.stringify(thumbnail),
        }).then((response) => response.text());
      child.kill(signal);
      const [exitCode] = (await once(child, "close")) as [number];

      expect(exitCode).toBe(0);
      expect(output).toContain(`PIKZELS_BASE_URL=${url}`);
      expect(output).toMatch(/POST {3}\/v2\/thumbnail\/text {2}429 TOO_MANY_REQUESTS {2}\d+ ms\n/);
      expect(output).toMatch(/POST {3}\/v2\/thumbnail\/text {2}200 {2}\d+ ms {2}\$\d\.\d\d\n/);
      expect(output).toContain(
        `stopped after 2 requests, at most 1 at a time; charged $${thumbnailUsd}\n`,
      );
      expect(output).toMatch(/post_v2_thumbnail_text +1 +\$\d\.\d\d\n$/);
      expect(output).not.toContain("canary");
    },
  );

  test("says in one line that its port is in use", async () => {
    const { port } = await emulatorForTest();

    const child = startCommand("--port", String(port));
    const [errors, [exitCode]] = await Promise.all([
      readText(child.stderr),
      once(child, "close") as Promise<[number]>,
    ]);

    expect(exitCode).toBe(2);
    expect(errors).toBe(
      `127.0.0.1:${port} is in use: stop what runs there, or choose another --port\n`,
    );
  });
});

describe("the options of the emulator command", () => {
  const given = (values: Partial<Parameters<typeof readOptions>[0]>) =>
    readOptions({ port: "4010", host: "127.0.0.1", ...values } as Parameters<
      typeof readOptions
    >[0]);

  test("are passed to the emulator, which uses its defaults for the rest", async () => {
    expect(await given({})).toEqual({ port: 4010, host: "127.0.0.1" });
    expect(await given({ credits: "1.5", "training-ms": "0", "fault-rate": "0.2" })).toEqual({
      port: 4010,
      host: "127.0.0.1",
      credits: 1.5,
      trainingMs: 0,
      faultRate: 0.2,
    });
  });

  test("may set another document", async () => {
    const { spec } = await given({ spec: "test/sample-api/openapi.yaml" });
    expect(spec).toMatchObject({ openapi: "3.0.3" });
  });

  test("may set a document with integers over 2^53, which a response can only approximate", async () => {
    const folder = await temporaryFolder({
      "openapi.yaml":
        'openapi: 3.0.3\ninfo: { title: Big, version: "1" }\npaths: {}\nx-most: 9223372036854775807\n',
    });
    const { spec } = await given({ spec: join(folder, "openapi.yaml") });
    expect(spec).toMatchObject({ "x-most": 2 ** 63 });
  });

  test.each([
    [{ port: "70000" }, "--port must be a number from 0 to 65535"],
    [{ port: "x" }, "--port must be a number"],
    [{ port: "1.5" }, "--port must be a whole number"],
    [{ "fault-rate": "2" }, "--fault-rate must be a number from 0 to 1"],
    [{ credits: "many" }, "--credits must be a number of 0 or more"],
    [{ "expired-status": "410" }, "--expired-status must be 403 or 404"],
    [{ "public-url": "example.com" }, "--public-url must be an http:// or https:// address"],
    [{ spec: "nowhere.yaml" }, "nowhere.yaml: cannot be read"],
  ])("are refused: %j", async (values, message) => {
    await expect(given(values)).rejects.toThrow(message);
  });

  test("name faults, each optionally with a number of times", () => {
    expect(readFaults(undefined)).toEqual([]);
    expect(readFaults("TOO_MANY_REQUESTS*3, reset")).toEqual([
      { code: "TOO_MANY_REQUESTS", times: 3 },
      { fault: "reset", times: 1 },
    ]);
    expect(() => readFaults("flood")).toThrow('--fault: "flood" is no error code');
  });
});
