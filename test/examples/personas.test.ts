import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { personaNamed } from "../../examples/personas/persona-file.js";
import { setStage } from "./support.js";

const photos: [string, string, string] = [
  "https://example.com/1.png",
  "https://example.com/2.png",
  "https://example.com/3.png",
];

test("personas trains each persona once, and finds it again by name", async () => {
  const { emulator, pikzels, folder } = await setStage({ trainingMs: 50 });
  const file = join(folder, "personas.json");
  const id = await personaNamed(pikzels, "Ada", photos, file);
  expect(await personaNamed(pikzels, "Ada", photos, file)).toBe(id);
  expect(emulator.ledger.charges).toHaveLength(1);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ Ada: id });

  // A persona that the service does not know is trained again.
  const gone = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
  await writeFile(file, JSON.stringify({ Grace: gone }));
  expect(await personaNamed(pikzels, "Grace", photos, file)).not.toBe(gone);
});
