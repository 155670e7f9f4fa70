import { expect, test } from "vitest";
import { createRetryBudget } from "../../examples/retry-budget/retry-budget.js";
import { setStage } from "./support.js";

test("retry-budget limits the retries of all calls together", async () => {
  const budget = createRetryBudget({ perCall: 0.1, most: 3 });
  const { emulator, pikzels } = await setStage({}, { onEvent: budget.onEvent });
  emulator.provoke({ fault: "foreign-code", status: 429, times: 100 });
  for (let call = 0; call < 10; call += 1) {
    const maxRetries = budget.maxRetries();
    await expect(
      pikzels.titles.fromText({ prompt: "Arctic" }, { maxRetries }),
    ).rejects.toMatchObject({ status: 429 });
  }
  // The initial 3; ten calls do not add a whole one.
  expect(emulator.requests.length).toBe(10 + 3);
});

test("retry-budget refills with calls that need no retry", () => {
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
