import { estimate, PikzelsInputError, type OperationName } from "pikzels-client";
import { describe, expect, test } from "vitest";
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

  const byField = Object.entries(prices).flatMap(([id, price]) =>
    price && "by" in price ? [{ id: id as OperationName, price }] : [],
  );

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
      expect(() => estimate(id as OperationName, body as never)).toThrow(PikzelsInputError);
    }
  });

  test("refuses an operation that does not exist", () => {
    expect(() => estimate("thumbnails.none" as OperationName)).toThrow("no operation");
    expect(() => estimate("toString" as OperationName)).toThrow("no operation");
  });
});
