import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClockStopped, createClock } from "../../src/emulator/state/clock.js";

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a wait on the emulator's clock may be longer than a timer can hold", async () => {
  const clock = createClock();
  const onTime = vi.fn();
  void clock.wait(30 * DAY_MS).then(onTime);
  await vi.advanceTimersByTimeAsync(29 * DAY_MS);
  expect(onTime).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(DAY_MS);
  expect(onTime).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test("a wait that ends with an advance of the emulator's clock leaves no timer behind", async () => {
  const clock = createClock();
  const wait = clock.wait(30 * DAY_MS);
  clock.advance(30 * DAY_MS);
  await wait;
  expect(vi.getTimerCount()).toBe(0);
});

test("the emulator's clock does not advance beyond the last date that JavaScript has", () => {
  const clock = createClock("manual");
  const before = clock.now();
  expect(() => {
    clock.advance(8.64e15);
  }).toThrow("a clock advances to the year 275,000 at most");
  expect(clock.now()).toBe(before);
});

test.each([-1, Number.NaN])("the emulator's clock does not advance by %d ms", (ms) => {
  const clock = createClock("manual");
  expect(() => {
    clock.advance(ms);
  }).toThrow("a clock advances by 0 ms or more");
});

test("a wait that begins after the emulator's clock was stopped is refused", async () => {
  const clock = createClock();
  clock.stop();
  await expect(clock.wait(1)).rejects.toThrow(ClockStopped);
  expect(vi.getTimerCount()).toBe(0);
});
