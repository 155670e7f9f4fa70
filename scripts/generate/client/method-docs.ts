import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { publishedCodes } from "../errors/published-codes.js";
import type { Operation } from "../operation-list.js";
import type { PriceEntry, PriceRow } from "../prices/prices-file.js";
import { bodyFacts } from "./body-facts.js";
import { docstring, linesOf } from "./docstring.js";
import { exampleCall } from "./example-call.js";
import { fieldLimits } from "./field-limits.js";
import type { OperationNames } from "./operation-names.js";
import { jsonBodySchema } from "./operation-types.js";
import { ruleSentence } from "../../../src/wrappers/presence-rule.js";

/** What a method's docstring is generated from. */
export interface DocsSources {
  document: JsonObject;
  prices: Readonly<Record<string, PriceRow>>;
  codes: readonly string[];
}

interface DocumentedMethod {
  group: string;
  name: string;
  operation: Operation;
  types: OperationNames;
}

/**
 * The docstring of a method, from its operation's description, limits, price, errors and example.
 */
export function methodDocs(sources: DocsSources, method: DocumentedMethod): string {
  const { document, prices } = sources;
  const { operation } = method;
  const { definition } = operation;
  const price = prices[`${method.group}.${method.name}`];
  const url = objectAt(definition, "externalDocs")["url"];
  return docstring([
    `${titleOf(operation)}: \`${operation.method.toUpperCase()} ${operation.path}\`.`,
    descriptionOf(definition),
    bodyWords(document, operation),
    price ? priceSentence(price) : "",
    errorsTag(sources, operation),
    ...(typeof url === "string" ? [`@see ${url}`] : []),
    ...(definition["deprecated"] === true ? ["@deprecated"] : []),
    `@example\n${exampleCall(document, method)}`,
  ]);
}

/**
 * The docstring of the method that waits for what another one reads.
 *
 * @param name its name in the same group, such as `waitUntilReady`
 */
export function readinessDocs(
  { document }: DocsSources,
  method: DocumentedMethod,
  name: string,
): string {
  return docstring([
    `Waits until \`${method.name}\` says that it is completed, and resolves to what it says then.`,
    "Polls every `intervalMs` with jitter, and goes on through failures that pass.",
    "@throws {PikzelsTrainingError} if it ended as failed.",
    "@throws {PikzelsTimeoutError} if it was not ready in `timeoutMs`.",
    `@example\n${exampleCall(document, { ...method, name })}`,
  ]);
}

function titleOf({ definition, method, path }: Operation): string {
  const { summary } = definition;
  const title = typeof summary === "string" ? linesOf(summary.trim())[0] : undefined;
  return (title ?? `${method.toUpperCase()} ${path}`).replace(/[.:]+$/, "");
}

function descriptionOf({ summary, description }: JsonObject): string {
  return typeof description === "string" && description !== summary ? description.trim() : "";
}

/** How the body's fields depend on each other, and the limits of each. */
function bodyWords(document: JsonObject, operation: Operation): string {
  const schema = jsonBodySchema(document, operation);
  const { rules = [] } = bodyFacts(document, schema);
  return [
    ...rules.map((rule) => ruleSentence(rule, (field) => `\`${field}\``)),
    ...fieldLimits(document, schema),
  ].join("\n");
}

function priceSentence(row: PriceRow): string {
  if (!("by" in row)) return `Costs ${dollars([row])} on success (${datesOf([row])}).`;
  const entries = Object.values(row.values);
  return `Costs ${dollars(entries)} on success, by \`${row.by}\` (${datesOf(entries)}).`;
}

function dollars(entries: readonly PriceEntry[]): string {
  const figures = entries.flatMap(({ usd }) => usd);
  const [low, high] = [Math.min(...figures), Math.max(...figures)].map((usd) => usd.toFixed(2));
  return low === high ? `${low ?? ""} USD` : `${low ?? ""} to ${high ?? ""} USD`;
}

function datesOf(entries: readonly PriceEntry[]): string {
  const dates = entries.map(({ date }) => date).sort();
  return `as of ${dates.at(-1) ?? ""}`;
}

/** The error codes of an operation, unless it can return all of them. */
function errorsTag({ document, codes }: DocsSources, operation: Operation): string {
  const own = [...publishedCodes(document, [operation]).keys()];
  if (codes.length === 0) return "@throws {PikzelsError} if no success was answered.";
  const isEvery = own.length === codes.length;
  const list = isEvery ? "one of `errorCodes`" : own.map((code) => `\`${code}\``).join(", ");
  return `@throws {PikzelsApiError} if the service refuses it; its \`code\` is ${list || "unknown"}.`;
}
