import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { driftOptions, runDrift } from "../../scripts/drift/run-drift.js";
import { emulatorOptions } from "../../scripts/emulator/options.js";
import { runEmulator } from "../../scripts/emulator/run-emulator.js";
import { runCommand } from "../../scripts/lib/command.js";
import { runPull } from "../../scripts/pull/run-pull.js";
import { ownSpec } from "../drift/own-spec.js";
import { sampleApiArguments } from "../support/sample-api-process.js";
import { captureOutput, type CapturedOutput } from "../support/capture-output.js";
import {
  key,
  misplacedKeys,
  run,
  runEmulatorAndCall,
  secretAddresses,
  showsSecret,
  type CommandLine,
} from "./support/commands-with-key.js";

const script = (name: string): CommandLine => [
  process.execPath,
  ...sampleApiArguments,
  `scripts/${name}.ts`,
];

describe("npm run emulator", () => {
  test("prints no key, whatever is sent to it", async () => {
    const { output, statuses, charged } = await runEmulatorAndCall(script("emulator"));

    expect(output).toContain(charged);
    expect(new Set(statuses)).toEqual(new Set([200, 400, 401, 404, 413, "none"]));
    expect(showsSecret(output)).toBe(false);
  });
});

describe("npm run drift", () => {
  test("prints no secret in the address of the published spec", async () => {
    const { good } = await secretAddresses(JSON.stringify(await ownSpec()));
    const { code, output } = await run(script("drift"), "--published", good);

    expect({ code, output }).toEqual({
      code: 0,
      output: `No drift: ${good.replace(/\?.*/, "?…")} is what spec/openapi.yaml says.\n`,
    });
  });
});

describe("in this process,", () => {
  let printed: CapturedOutput;
  beforeEach(() => {
    vi.stubEnv("PIKZELS_API_KEY", key);
    printed = captureOutput();
  });
  afterEach(() => {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
  });

  /** The output, and the exit code. */
  async function outcome(work: () => Promise<void>): Promise<[number, string]> {
    Object.assign(printed, { out: "", err: "" });
    await work();
    return [Number(process.exitCode), printed.out + printed.err];
  }

  const drift = (...argv: string[]) =>
    outcome(() =>
      runCommand(
        { name: "drift", summary: "", options: driftOptions, exitCodes: {}, run: runDrift },
        argv,
      ),
    );

  test.each(["text", "json", "markdown", "github"])(
    "drift prints no secret of an address as %s",
    async (format) => {
      const spec = await ownSpec();
      const { good } = await secretAddresses(JSON.stringify({ ...spec, paths: {} }));

      const [code, output] = await drift("--published", good, "--format", format);

      expect(code).toBe(1);
      expect(output).not.toBe("");
      expect(showsSecret(output)).toBe(false);
    },
  );

  test.each(["text", "json", "markdown", "github"])(
    "drift prints no key that the published spec quotes, as %s",
    async (format) => {
      const paths = { [`/v2/${key}`]: { get: { summary: key, responses: {} } } };
      const { good } = await secretAddresses(JSON.stringify({ ...(await ownSpec()), paths }));

      const [code, output] = await drift("--published", good, "--format", format);

      expect(code).toBe(1);
      expect(output).toContain("/v2/[the API key]");
      expect(showsSecret(output), output).toBe(false);
    },
  );

  test("drift and pull say what is wrong with an address, but not its secrets", async () => {
    const { good, bad } = await secretAddresses("{}");
    const pull = (index: string) =>
      outcome(() =>
        runCommand(
          {
            name: "pull",
            summary: "",
            options: {},
            exitCodes: {},
            run: () => runPull({ index, out: "/nonexistent" }),
          },
          [],
        ),
      );
    for (const address of [good, ...bad]) {
      for (const [code, output] of [await drift("--published", address), await pull(address)]) {
        expect(code).toBe(2);
        expect(output).not.toBe("");
        expect(showsSecret(output), output).toBe(false);
      }
    }
  });

  test.each([["--fault", key], ["--port", key], ["--spec", `${key}.yaml`], [key]])(
    "the emulator does not repeat a key passed as an option: %j",
    async (...argv) => {
      const [code, output] = await outcome(() =>
        runCommand(
          {
            name: "emulate",
            summary: "",
            options: emulatorOptions,
            exitCodes: {},
            run: runEmulator,
          },
          argv,
        ),
      );
      expect(code).toBe(2);
      expect(output).toMatch(/^.+\n$/);
      expect(showsSecret(output)).toBe(false);
    },
  );

  test.each(misplacedKeys)(
    "drift does not repeat a key passed as an option: %j",
    async (...argv) => {
      const [code, output] = await drift(...argv);
      expect(code).toBe(2);
      expect(output).toMatch(/^.+\n$/);
      expect(showsSecret(output)).toBe(false);
    },
  );

  test.each(["", "1"])(
    "a command prints no key that an unexpected error quotes, with DEBUG=%s",
    async (debug) => {
      vi.stubEnv("DEBUG", debug);
      const failing = () => Promise.reject(new Error(`cannot send ${key}`));
      const [code, output] = await outcome(() =>
        runCommand({ name: "drift", summary: "", options: {}, exitCodes: {}, run: failing }, []),
      );
      expect(code).toBe(2);
      expect(output).toContain("cannot send [the API key]");
      expect(showsSecret(output)).toBe(false);
    },
  );
});
