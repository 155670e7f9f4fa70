import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import "@hyperjump/json-schema/openapi-3-0";
import { validate, type Validator } from "@hyperjump/json-schema/openapi-3-1";
import type { PublishedExchange } from "../../src/emulator/api/exchange.js";
import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { coversMediaType, isJsonType } from "../../src/openapi/media-types.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { fromPointer, toPointer } from "../../src/openapi/pointer.js";
import { followReferences } from "../../src/openapi/references.js";

/**
 * The exchanges whose responses violate the document they were served from, one line each. Checked
 * with a different validator from the emulator's, so that a mistake in one shows in the other.
 */
export async function nonconforming(published: readonly PublishedExchange[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-conformance-"));
  try {
    const problems: string[] = [];
    for (const [index, document] of [...new Set(published.map((one) => one.document))].entries()) {
      const file = join(folder, `${index}.openapi.json`);
      await writeFile(file, JSON.stringify(document, withoutEmptyRequired));
      const judge = createJudge(document, pathToFileURL(file).href);
      for (const one of published)
        if (one.document === document) problems.push(...(await judge(one.exchange)));
    }
    return problems;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** OpenAPI 3.0 forbids an empty `required`, and documents have it all the same. */
function withoutEmptyRequired(key: string, value: unknown): unknown {
  return key === "required" && Array.isArray(value) && value.length === 0 ? undefined : value;
}

type Judge = (exchange: PublishedExchange["exchange"]) => Promise<string[]>;

function createJudge(document: JsonObject, url: string): Judge {
  const validators = new Map<string, Validator>();

  return async function judge(exchange) {
    const { operation, method, path, status, headers, body, requestId, fault } = exchange;
    // A response that a fault damaged is meant to violate the document.
    if (fault !== undefined || status === undefined) return [];
    const problems: string[] = [];
    const type = headers["content-type"]?.split(";", 1).join("") ?? "";
    const response = responseOf(document, operation, status);
    const documented = Object.keys(objectAt(response?.value, "content"));
    const isDocumented = documented.some((name) => coversMediaType(name, type));
    if (body !== undefined && !isRequestIdSame(body, requestId))
      problems.push("has another request_id than its header");
    if (!response) {
      if (saysHowItFails(document, operation))
        problems.push("has a status the document does not know");
    } else if (isJsonType(type) && documented.includes(type)) {
      const pointer = response.pointer + toPointer(["content", type, "schema"]);
      if (!(await isValid(pointer, body)))
        problems.push(`breaks its schema: ${JSON.stringify(body)}`);
    } else if (documented.length > 0 && !isDocumented) {
      problems.push("is not of a documented media type");
    }
    return problems.map((problem) => `${method} ${path} → ${status} ${problem}`);
  };

  async function isValid(pointer: string, body: unknown): Promise<boolean> {
    if (objectAt(document, ...fromPointer(pointer).slice(0, -1))["schema"] === undefined)
      return true;
    const validator = validators.get(pointer) ?? (await validate(`${url}#${asFragment(pointer)}`));
    validators.set(pointer, validator);
    return validator(body as Parameters<Validator>[0]).valid;
  }
}

function isRequestIdSame(body: unknown, requestId: string): boolean {
  if (typeof body !== "object" || body === null || !("request_id" in body)) return true;
  return body.request_id === requestId;
}

/**
 * Whether the document describes an operation's failures; if it does not, they are up to the
 * server.
 */
function saysHowItFails(document: JsonObject, operationId: string | undefined): boolean {
  const { definition } = findOperation(document, operationId) ?? {};
  return Object.keys(objectAt(definition, "responses")).some((key) => !key.startsWith("2"));
}

function findOperation(document: JsonObject, operationId: string | undefined) {
  return operationsOf(document).find(
    ({ operationId: id, method, path }) =>
      (id ?? `${method.toUpperCase()} ${path}`) === operationId,
  );
}

/** The response of an operation that applies to a status. */
function responseOf(document: JsonObject, operationId: string | undefined, status: number) {
  const operation = findOperation(document, operationId);
  const responses = objectAt(operation?.definition, "responses");
  const range = `${String(status).slice(0, 1)}XX`;
  const key = [String(status), range, "default"].find((name) => name in responses);
  if (!operation || key === undefined) return undefined;
  const pointer = operation.pointer + toPointer(["responses", key]);
  return followReferences(document, { value: responses[key], pointer });
}

function asFragment(pointer: string): string {
  return fromPointer(pointer)
    .map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");
}
