import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "pikzels-client/emulator";
import { describe, expect, test, vi } from "vitest";
import { faults } from "../../src/emulator/faults/provocation.js";
import { keyStates } from "../../src/emulator/state/keys.js";
import { call, emulatorForTest, thumbnail } from "../emulator/support.js";
import { root } from "./snippets.js";

const guide = await readFile(join(root, "docs/emulator.md"), "utf8");
const rows = guide
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));

test("the emulator guide lists every fault, and when it is applied", () => {
  const listed = rows.filter(([, , , moment]) => /^(before|during|after)$/.test(moment ?? ""));
  expect(Object.fromEntries(listed.map(([, name, , moment]) => [name, moment]))).toEqual(faults);
});

test("the emulator guide lists every option and every state of a key", async () => {
  const source = await readFile(join(root, "src/emulator/options.ts"), "utf8");
  const [, options = ""] = source.split("export interface EmulatorOptions");
  const names = [...options.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(rows.map(([, name]) => name)).toEqual(expect.arrayContaining(names));
  for (const state of keyStates) expect(guide).toContain(`\`${state}\``);
});

describe("the defaults in the emulator guide", () => {
  const stated = new Map(rows.map(([, name = "", , fallback = ""]) => [name, fallback]));
  const number = (name: string) => Number(stated.get(name)?.replaceAll(",", ""));
  const image_urls = ["a", "b", "c"].map((name) => `https://example.com/${name}.png`);
  const createNamed = (emulator: Emulator, name: string) =>
    call(emulator, "POST", "/v2/pikzonality/style", { name, image_urls });

  test("match the docstrings of the options", async () => {
    const source = await readFile(join(root, "src/emulator/options.ts"), "utf8");
    const inCode = [...source.matchAll(/@default ([^A-Z\s][^*]*?) \*\/\n {2}(\w+)\?:/g)];
    expect(inCode.length).toBeGreaterThan(9);
    for (const [, value = "", name = ""] of inCode) {
      const words = value
        .trim()
        .replaceAll(/["[\]]/g, "")
        .replaceAll("_", ",");
      expect(`${name}: ${stated.get(name)?.split(" (")[0] ?? ""}`).toBe(`${name}: ${words}`);
    }
  });

  test("are true of host and port: this machine only, a free port", async () => {
    const emulator = await emulatorForTest();
    expect(emulator.url).toBe(`http://${stated.get("host") ?? ""}:${emulator.port}`);
    expect(emulator.port).toBeGreaterThan(1023);
    // Another address of this machine, on which a server would also listen if it used all
    // addresses.
    await expect(fetch(`http://127.0.0.2:${emulator.port}/openapi.json`)).rejects.toThrow();
  });

  test("are true of a key: accepted, with a limit on requests in flight", async () => {
    const emulator = await emulatorForTest({ processingMs: 1000 });
    const limit = number("maxInFlight");
    const calls = Array.from({ length: limit + 3 }, () =>
      call(emulator, "POST", "/v2/thumbnail/text", thumbnail),
    );
    await vi.waitFor(
      () => {
        expect(emulator.requests.filter(({ status }) => status === 429)).toHaveLength(3);
      },
      { timeout: 30_000 },
    );
    emulator.advance(1000);
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
  });

  test("are true of the training time", async () => {
    const emulator = await emulatorForTest();
    const { id = "" } = (await createNamed(emulator, "Summit")).body;
    const state = async () => (await call(emulator, "GET", `/v2/pikzonality/${id}`)).text;
    emulator.advance(number("trainingMs") - 1);
    expect(await state()).toContain('"processing"');
    emulator.advance(1);
    expect(await state()).toContain('"completed"');
  });

  test("are true of the balance", async () => {
    expect((await emulatorForTest()).ledger.balance).toBe(number("credits"));
  });

  test("are true of the reserved names", async () => {
    const emulator = await emulatorForTest();
    const reserved = stated.get("reservedNames")?.split(", ") ?? [];
    expect(reserved.length).toBeGreaterThan(1);
    for (const name of reserved)
      expect((await createNamed(emulator, name)).body.error?.code).toBe("NAME_RESERVED");
  });
});
