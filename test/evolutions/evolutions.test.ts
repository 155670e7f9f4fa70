import { expect, test } from "vitest";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { NotApplicable } from "./document.js";
import { FORMS, type Evolution, type Form } from "./evolution.js";
import { evolutions } from "./index.js";
import { tryInProcess } from "./try-in-process.js";

// A quick sample. `npm run test:evolutions` tries all of them, in both forms and with every step.
const EVERY = 5;
const sample = evolutions
  .filter((_, index) => index % EVERY === 2)
  .map((evolution, index) => ({ evolution, form: FORMS[index % 2] ?? FORMS[0] }));

test.each(sample)(
  "a user's program compiles after an update in which $evolution.name ($form)",
  ({ evolution, form }) => expectToCompile(evolution, form),
);

async function expectToCompile(evolution: Evolution, form: Form): Promise<void> {
  const stop = evolution.stops?.[form];
  const trying = tryInProcess(evolution, form, await temporaryFolder());
  if (stop) {
    await expect(trying).rejects.toThrow(stop);
    return;
  }
  const errors = await trying.catch((error: unknown) => {
    // The spec no longer has what it changes.
    if (error instanceof NotApplicable) return [];
    throw error;
  });
  expect(errors).toEqual([]);
}

test("every evolution has a name of its own", () => {
  const names = evolutions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(30);
});
