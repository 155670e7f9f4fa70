import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faults } from "../../src/emulator/faults/provocation.js";
import { keyStates } from "../../src/emulator/state/keys.js";
import { root } from "./snippets.js";

const guide = await readFile(join(root, "docs/emulator.md"), "utf8");
const rows = guide
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));

test("The guide lists every fault, and when it strikes", () => {
  const listed = rows.filter(([, , , moment]) => /^(before|during|after)$/.test(moment ?? ""));
  expect(Object.fromEntries(listed.map(([, name, , moment]) => [name, moment]))).toEqual(faults);
});

test("The guide lists every option of the emulator, and every state of a key", async () => {
  const source = await readFile(join(root, "src/emulator/options.ts"), "utf8");
  const [, options = ""] = source.split("export interface EmulatorOptions");
  const names = [...options.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(rows.map(([, name]) => name)).toEqual(expect.arrayContaining(names));
  for (const state of keyStates) expect(guide).toContain(`\`${state}\``);
});
