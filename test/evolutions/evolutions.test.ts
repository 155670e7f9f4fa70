import { expect, test } from "vitest";
import { FORMS } from "./evolution.js";
import { evolutions } from "./index.js";
import { tryEvolution } from "./try-evolution.js";

// `npm run test:evolutions` tries all of them, in both forms and with every step.
const EVERY = 9;
const sample = evolutions.filter((_, index) => index % EVERY === 0);

test.concurrent.each(sample.map((evolution, index) => ({ evolution, form: FORMS[index % 2] })))(
  "after one command, $evolution.name ($form) leaves a client that its user can use",
  async ({ evolution, form = "openapi.json" }) => {
    const { verdict, failed } = await tryEvolution(evolution, form, ["update", "program"]);
    expect(failed).toBeUndefined();
    expect(["green", "stops", "not applicable"]).toContain(verdict);
  },
  600_000,
);

test("every evolution has a name of its own", () => {
  const names = evolutions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(30);
});
