import type { ToolAnnotations } from "@modelcontextprotocol/server";
import { loadOperations, type ApiOperation } from "../cli/operations/operations.js";
import { priceListOf, type PriceList } from "../cli/operations/price-list.js";
import { listOf } from "../cli/operations/values.js";
import type { JsonObject } from "../openapi/json.js";
import { inputSchemaOf } from "./input-schema.js";

/** A tool offered to hosts: one operation of the API. */
export interface Tool {
  /** `thumbnails_from_text`: hosts take letters, digits and `_`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly annotations: ToolAnnotations;
  readonly operation: ApiOperation;
}

/** Creates a tool for each operation of the spec, or only for those that change nothing. */
export function toolsOf(readOnly: boolean): Tool[] {
  return loadOperations()
    .filter(({ facts }) => !readOnly || isReading(facts.method))
    .map((operation) => ({
      name: operation.words.join("_").replaceAll("-", "_"),
      title: operation.summary,
      description: descriptionOf(operation),
      inputSchema: inputSchemaOf(operation, waitArgument(operation)),
      annotations: annotationsOf(operation),
      operation,
    }));
}

function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/** https://modelcontextprotocol.io/specification/2026-07-28/schema#toolannotations */
function annotationsOf({ facts, summary }: ApiOperation): ToolAnnotations {
  const { method } = facts;
  return {
    title: summary,
    readOnlyHint: isReading(method),
    // A POST adds something; other methods change or remove what exists.
    destructiveHint: !isReading(method) && method !== "POST",
    // RFC 9110, section 9.2.2.
    idempotentHint: isReading(method) || method === "PUT" || method === "DELETE",
    openWorldHint: true,
  };
}

function descriptionOf(operation: ApiOperation): string {
  const { summary, description, givesPictures, waitMethod, facts } = operation;
  const cost = priceListOf(operation.id);
  return [
    `${summary.replace(/\.$/, "")}.`,
    description,
    givesPictures &&
      "Answers with the picture, its address (good for 24 hours) and the saved file.",
    waitMethod !== undefined && facts.method === "POST" && "Takes some minutes.",
    cost && `Costs ${listOf(cost.prices.map(priceInWords), "or")} if it succeeds.`,
    !cost && facts.method === "POST" && "Costs money.",
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(" ");
}

function priceInWords([value, price]: PriceList["prices"][number]): string {
  return value === "" ? price : `${price} (${value})`;
}

function waitArgument({ waitMethod }: ApiOperation): JsonObject {
  if (waitMethod === undefined) return {};
  const description = "Whether to wait until it is ready, which can take some minutes.";
  return { wait: { type: "boolean", default: false, description } };
}
