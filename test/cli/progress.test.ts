import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Batch } from "../../src/cli/batch/batch.js";
import { showProgress } from "../../src/cli/batch/progress.js";
import { showActivity } from "../../src/cli/terminal/activity.js";
import { loadOperations } from "../../src/cli/operations/operations.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal, and everything drawn on it, one text per update. */
function terminal(columns: number) {
  const drawn: string[] = [];
  const stream = new PassThrough().on("data", (chunk) => {
    const text = stripVTControlCharacters(String(chunk)).trim();
    if (text !== "") drawn.push(text);
  });
  return { drawn, stream: Object.assign(stream, { isTTY: true, columns }) };
}

/** A batch of a million rows, resumed a minute ago with most of them already done. */
async function shownFor(columns: number): Promise<string> {
  const { drawn, stream } = terminal(columns);
  const batch = { total: 1_000_000, toSend: 1000, finished: 0, skipped: 0 };
  const money = { budget: { spent: { low: 120_000.5, high: 370_000.25 } } };
  const hide = showProgress(Object.assign(batch, money) as unknown as Batch, stream);
  Object.assign(batch, { finished: 999_100, skipped: 999_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  hide();
  return drawn.at(-1) ?? "";
}

describe("the progress of a batch", () => {
  test.each([50, 60, 80, 200])("fits in %i columns", async (columns) => {
    const shown = await shownFor(columns);
    expect(shown).toContain("999100/1000000 rows");
    expect(shown.length).toBeLessThan(columns);
  });

  test("computes the rate and the time left from the rows of this run", async () => {
    expect(await shownFor(200)).toMatch(/, 9 min left, 100 a minute$/);
  });
});

test("the progress of every operation fits in 50 columns", async () => {
  for (const { words } of loadOperations()) {
    const { drawn, stream } = terminal(50);
    const activity = showActivity(words.join(" "), stream);
    await vi.advanceTimersByTimeAsync(600_000);
    activity.progress(100);
    await vi.advanceTimersByTimeAsync(2000);
    activity.stop();
    expect(drawn.at(-1)).toMatch(/█ 100 %, 60\d s$/);
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThan(50);
  }
});
