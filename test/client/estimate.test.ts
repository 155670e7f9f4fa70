import { estimate, PikzelsInputError, type OperationName } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { operations, type OperationFacts } from "../sample-api/generated/operations.js";
import { prices } from "../sample-api/generated/prices.js";

const all = Object.entries<OperationFacts>(operations);

describe("estimate", () => {
  test.each(all)("%s costs the same by its id and by its method", (id, { name }) => {
    expect(estimate(id as OperationName)).toEqual(estimate(name as OperationName));
  });

  test.each(all)("%s: low is at most high, and what is billed has a date", (id) => {
    const cost = estimate(id as OperationName);
    if (!cost) return;
    expect(cost.low).toBeLessThanOrEqual(cost.high);
    expect(cost.date === undefined).toBe(cost.high === 0);
  });

  const free = all.filter(([, { method }]) => method !== "POST");
  test.each(free)("%s costs nothing, since it makes nothing", (id) => {
    const nothing = { low: 0, high: 0, date: undefined };
    expect(estimate(id as OperationName)).toEqual(nothing);
  });

  test("is unknown for a POST whose price nobody has reported", async () => {
    vi.resetModules();
    vi.doMock("../../src/generated/prices.js", () => ({ prices: {} }));
    const { estimate } = await import("pikzels-client");
    for (const [id, { method }] of all) {
      expect([id, estimate(id as OperationName) === undefined]).toEqual([id, method === "POST"]);
    }
    vi.doMock("../../src/generated/prices.js", () => import("../sample-api/generated/prices.js"));
    vi.resetModules();
  });

  const byField = Object.entries(prices).flatMap(([id, price]) =>
    price && "by" in price ? [{ id: id as OperationName, price }] : [],
  );

  test.each(byField)("$id: the date is that of its oldest figure", ({ id, price }) => {
    const dates = Object.values(price.values).flatMap((one) => one?.date ?? []);
    for (const date of dates) expect((estimate(id)?.date ?? "") <= date).toBe(true);
    expect(dates).toContain(estimate(id)?.date);
  });

  test.each(byField)("$id: each value of the deciding field has its own price", ({ id, price }) => {
    for (const [value, { low, high } = { low: 0, high: 0 }] of Object.entries(price.values)) {
      expect(estimate(id, { [price.by]: value })).toMatchObject({ low, high });
    }
  });

  test.each(byField)(
    "$id: a value that is newer than the prices may cost as much as any of them",
    ({ id }) => {
      const open = estimate(id);
      expect(estimate(id, { model: "newer", format: "newer" })).toEqual(open);
      expect(open?.high).toBeGreaterThan(open?.low ?? 0);
    },
  );

  test.each([null, 7, "body"])("refuses a body that is %j", (body) => {
    for (const [id] of all) {
      const call = () => estimate(id as OperationName, body as never);
      expect(call).toThrow(PikzelsInputError);
      expect(call).toThrow("The body must be an object, not ");
    }
  });

  test("refuses an operation that does not exist", () => {
    expect(() => estimate("thumbnails.none" as OperationName)).toThrow("no operation");
    expect(() => estimate("toString" as OperationName)).toThrow("no operation");
  });
});
