import { readFile } from "node:fs/promises";
import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { prices, type OperationPrice, type Price } from "../../src/generated/prices.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { sentence, table } from "./markdown.js";

/** Every method of the client, what it does, and what a successful call costs. */
export async function methodsTable(): Promise<string> {
  const text = await readFile(new URL("../../src/generated/openapi.json", import.meta.url), "utf8");
  const document = JSON.parse(text) as JsonObject;
  const summaries = new Map(
    operationsOf(document).map(({ method, path, definition: { summary } }) => [
      `${method.toUpperCase()} ${path}`,
      typeof summary === "string" ? summary : "",
    ]),
  );
  const rows = Object.entries<OperationFacts>(operations).map(([id, { name, method, path }]) => {
    const summary = summaries.get(`${method} ${path}`) ?? "";
    return [`\`${name}\``, summary && sentence(summary), costOf(prices[id])];
  });
  return table(["Method", "What it does", "USD"], rows);
}

/** What a successful call costs in US dollars: `0.13 to 0.37`; empty if unknown. */
export function costOf(price: OperationPrice | undefined): string {
  if (!price) return "";
  const known = "values" in price ? Object.values(price.values) : [price];
  const amounts = known.filter((each): each is Price => each !== undefined);
  const low = Math.min(...amounts.map((each) => each.low));
  const high = Math.max(...amounts.map((each) => each.high));
  return low === high ? low.toFixed(2) : `${low.toFixed(2)} to ${high.toFixed(2)}`;
}
