import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator, type EmulatorOptions } from "pikzels-client/emulator";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { runProbe } from "../../scripts/probe/run-probe.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { captureOutput } from "../support/capture-output.js";

const KEY = "pkz_probe_command_canary";

beforeEach(() => {
  vi.stubEnv("PIKZELS_API_KEY", KEY);
  return () => vi.unstubAllEnvs();
});

async function probeEmulator(given: { sources?: string; write?: boolean; dryRun?: boolean } = {}) {
  const emulator = await startedEmulator();
  const printed = captureOutput();
  const code = await runProbe({
    spec: "spec/openapi.yaml",
    "base-url": emulator.url,
    "dry-run": given.dryRun ?? false,
    write: given.write ?? false,
    sources: given.sources ?? "spec/sources.yaml",
    "pace-ms": "0",
  });
  return { code, printed, emulator };
}

async function startedEmulator(options: EmulatorOptions = {}) {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

test("probe prints each fact with its result and request id, and no key", async () => {
  const { code, printed, emulator } = await probeEmulator();
  expect(code).toBe(0);
  const rows = printed.out.split("\n").filter((line) => line.startsWith("  "));
  expect(rows.length).toBe(emulator.stats.requests);
  for (const row of rows)
    expect(row).toMatch(/ {2}(?:confirmed|not learned) +[\da-f]{8}-[\da-f-]{27}(?: |$)/);
  expect(printed.out).toMatch(/\n\d+ confirmed, 0 contradicted, \d+ not learned\n$/);
  expect(printed.out + printed.err).not.toContain(KEY);
});

test("probe --dry-run prints every request, and sends none", async () => {
  const { code, printed, emulator } = await probeEmulator({ dryRun: true });
  expect(code).toBe(0);
  expect(printed.out).toMatch(/^POST +\/\S+ {2}key: none {2}\[\] {2}\(needs a key\)$/m);
  expect(emulator.stats.requests).toBe(0);
});

test("probe --write records what was confirmed, and keeps the rest of the file", async () => {
  const before = await readFile("spec/sources.yaml", "utf8");
  const sources = join(await temporaryFolder({ "sources.yaml": before }), "sources.yaml");
  await probeEmulator({ write: true, sources });
  const after = await readFile(sources, "utf8");
  expect(after).toMatch(
    /^ {4}confirmed:\n {6}date: "\d{4}-\d\d-\d\d"\n {6}facts:\n {8}- needs a key$/m,
  );
  const withoutConfirmed = after.replaceAll(/^ {4}confirmed:\n(?: {6}.*\n)+/gm, "");
  expect(withoutConfirmed).toBe(before);
});

test.each([
  [
    "an address without encryption",
    { "base-url": "http://api.example.com" },
    /^--base-url must be/,
  ],
  ["a pace that is not a number", { "pace-ms": "soon" }, /^--pace-ms must be a whole number/],
  ["a service that cannot be reached", { "base-url": "http://127.0.0.1:9" }, /cannot be asked/],
])("probe reports in one line: %s", async (_, given, message) => {
  captureOutput();
  const options = { spec: "spec/openapi.yaml", sources: "none", write: false, "dry-run": false };
  await expect(
    runProbe({ ...options, "base-url": "http://127.0.0.1:9", "pace-ms": "0", ...given }),
  ).rejects.toThrow(message);
});

test("probe sends nothing without a key", async () => {
  vi.stubEnv("PIKZELS_API_KEY", "");
  await expect(probeEmulator()).rejects.toThrow(/^PIKZELS_API_KEY is not set/);
});
