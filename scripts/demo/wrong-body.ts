import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { OperationFacts } from "../../src/generated/operations.js";
import type { ExampleCall } from "./example-calls.js";

export interface WrongBody {
  facts: OperationFacts;
  /** The example's body, with one field too many. */
  body: JsonObject;
  fields: readonly string[];
}

/**
 * The first operation that takes exactly one of its image fields, with a body that has all of them.
 */
export function bothImages(calls: readonly ExampleCall[]): WrongBody | undefined {
  for (const { facts, args } of calls) {
    const rule = facts.rules?.find(({ kind, fields }) => {
      return kind === "exactly-one" && fields.every((field) => facts.images?.[field]);
    });
    const [body] = args;
    if (!rule || !isObject(body)) continue;
    const images = rule.fields.map((field) => [field, imagesFor(facts, field)] as const);
    return { facts, body: { ...body, ...Object.fromEntries(images) }, fields: rule.fields };
  }
  return undefined;
}

function imagesFor({ images }: OperationFacts, field: string): string | string[] {
  const { minItems, pattern = "" } = images?.[field] ?? {};
  const samples = ["https://cdn.pikzels.com/example.png", "data:image/png;base64,AAAA"];
  const image = samples.find((sample) => new RegExp(pattern).test(sample)) ?? "";
  return minItems === undefined ? image : Array.from({ length: minItems }, () => image);
}
