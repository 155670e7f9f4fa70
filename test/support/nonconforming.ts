import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { validate, type Validator } from "@hyperjump/json-schema/openapi-3-0";
import type { PublishedExchange } from "../../src/emulator/api/exchange.js";

/**
 * The exchanges whose answers break the document they were served from, each as one line. Judged by
 * another validator than the one the emulator uses, so that a mistake in one shows in the other.
 */
export async function nonconforming(published: readonly PublishedExchange[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-conformance-"));
  try {
    const problems: string[] = [];
    for (const [index, document] of [...new Set(published.map((one) => one.document))].entries()) {
      const file = join(folder, `${index}.openapi.json`);
      await writeFile(file, JSON.stringify(document));
      const judge = createJudge(document, pathToFileURL(file).href);
      for (const one of published)
        if (one.document === document) problems.push(...(await judge(one.exchange)));
    }
    return problems;
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Judge = (exchange: PublishedExchange["exchange"]) => Promise<string[]>;

function createJudge(document: object, url: string): Judge {
  const validators = new Map<string, Validator>();

  return async function judge({
    operation,
    method,
    path,
    status,
    headers,
    body,
    requestId,
    fault,
  }) {
    // What a fault spoiled is meant to break the rules.
    if (fault !== undefined || status === undefined) return [];
    const where = `${method} ${path} → ${status}`;
    const problems: string[] = [];
    if (!headers["content-type"]?.startsWith("application/json")) problems.push("is not JSON");
    if (!isRequestIdSame(body, requestId)) problems.push("has another request_id than its header");

    const pointer = responsePointer(document, operation, status);
    if (pointer === undefined) {
      if (operation !== undefined) problems.push("has a status the document does not know");
    } else {
      let validator = validators.get(pointer);
      if (!validator) {
        validator = await validate(`${url}#${pointer}`);
        validators.set(pointer, validator);
      }
      if (!validator(body as Parameters<Validator>[0]).valid)
        problems.push(`breaks its schema: ${JSON.stringify(body)}`);
    }
    return problems.map((problem) => `${where} ${problem}`);
  };
}

function isRequestIdSame(body: unknown, requestId: string): boolean {
  if (typeof body !== "object" || body === null || !("request_id" in body)) return true;
  return body.request_id === requestId;
}

interface Documented {
  paths?: Record<string, Record<string, { operationId?: string; responses?: object }>>;
}

/** Where the schema of an operation's answer stands, as a JSON pointer. */
function responsePointer(document: Documented, operationId: string | undefined, status: number) {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item)) {
      const { operationId: id = `${method.toUpperCase()} ${path}` } = operation;
      if (id !== operationId) continue;
      const responses = operation.responses ?? {};
      const key = [String(status), "default"].find((name) => name in responses);
      if (key === undefined) return undefined;
      const tokens = ["paths", path, method, "responses", key, "content", "application/json"];
      return [...tokens, "schema"].map((token) => `/${escapeToken(token)}`).join("");
    }
  }
  return undefined;
}

function escapeToken(token: string): string {
  return encodeURIComponent(token.replaceAll("~", "~0").replaceAll("/", "~1"));
}
