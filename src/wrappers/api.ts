import createClient, { mergeHeaders, type FetchOptions } from "openapi-fetch";
import type { paths } from "../generated/schema.js";
import { HTTP_METHODS } from "../openapi/methods.js";
import { isJsonType } from "../openapi/media-types.js";
import { onAbort } from "../transport/abort.js";
import type { AnswerKind } from "../transport/call.js";
import type { Transport } from "../transport/send.js";
import type { PikzelsApi } from "./api-types.js";
import { PikzelsInputError } from "./errors/classes.js";
import { answerKindOf, findOperation, keyHeaderOf } from "./facts.js";
import { checkApiOptions, type CallLimits } from "./options.js";
import { serializeHeaders, serializeQuery } from "./parameters.js";
import { checkBody, encodeBody, isFormData, toJson, toSearchParams } from "./request-body.js";
import { fillPath } from "./request-path.js";
import { checkHeaders } from "./validate.js";

/**
 * The client of openapi-fetch over our transport: the same key, checks, retries and limits, but what
 * the service answered comes as `{ data, error, response }`.
 */
export function createApi(send: Transport, baseUrl: string): PikzelsApi {
  const client = createClient<paths>({
    baseUrl,
    fetch: (request) => viaTransport(request, send, baseUrl),
  });
  const call = (method: string, path: unknown, options: unknown) => {
    if (typeof path !== "string" || !path.startsWith("/")) throw new PikzelsInputError(OUTSIDE);
    return (client.request as ApiCall)(method, path, describedOptions(method, path, options));
  };
  const calls = METHODS.map((method) => [
    method,
    withOwnSignal(1, (path, options) => call(method, path, options)),
  ]);
  // The same functions, typed more exactly.
  return {
    ...client,
    ...Object.fromEntries(calls),
    request: withOwnSignal(2, (method, path, options) =>
      call(String(method).toUpperCase(), path, options),
    ),
  } as PikzelsApi;
}

const OUTSIDE = "This request would leave the origin and path of baseUrl.";

const METHODS = HTTP_METHODS.map((method) => method.toUpperCase());

type ApiOptions = FetchOptions<{ parameters: Record<string, Record<string, unknown>> }> & {
  body?: unknown;
};

/** How openapi-fetch is to read a success. */
const PARSE_AS: Partial<Record<AnswerKind, string>> = {
  text: "text",
  binary: "blob",
  stream: "stream",
};

/** Makes openapi-fetch write and read a call as the document describes its operation. */
function describedOptions(method: string, path: string, options: unknown): object {
  const given = Object(options) as ApiOptions;
  const facts = findOperation(method, path);
  const pathSerializer = (template: string, ids: Record<string, unknown>) =>
    fillPath({ ...facts, path: template }, (name) => ids[name]);
  if (!facts) return { pathSerializer, bodySerializer: serializeUndescribed, ...given };
  const { header, ...params } = given.params ?? {};
  const encoded = given.bodySerializer ? undefined : encodeBody(facts, given.body);
  const { "content-type": ownType, ...headers } = headersOf(given.headers);
  const contentType = ownType ?? encoded?.contentType;
  return {
    pathSerializer,
    querySerializer: (query: unknown) => serializeQuery(facts, query),
    parseAs: PARSE_AS[answerKindOf(facts)] ?? "json",
    ...given,
    // Always set, so that a missing id is an error and no literal `{id}` is sent.
    params: { path: {}, ...params },
    headers: {
      ...serializeHeaders(facts, { ...headers, ...header } as Record<string, string>),
      ...(contentType !== undefined && { "content-type": contentType }),
    },
    ...(encoded && { body: encoded.body, bodySerializer: (body: unknown) => body }),
  };
}

/** Writes a body as openapi-fetch does, but refuses what JSON would lose. */
function serializeUndescribed(body: unknown, headers: Headers): unknown {
  if (isFormData(body)) return body;
  const isForm = headers.get("content-type")?.includes("form-urlencoded");
  return isForm ? toSearchParams(body).toString() : toJson(body);
}

/** Headers as openapi-fetch takes them, with names in lower case. */
function headersOf(headers: ApiOptions["headers"]): Record<string, string> {
  try {
    return Object.fromEntries(mergeHeaders(headers));
  } catch {
    // The platform's message would quote the value, which may be a secret.
    throw new PikzelsInputError("The headers option has a malformed name or value.");
  }
}

type ApiCall = (...args: unknown[]) => Promise<unknown>;

/**
 * Checks the options of each call, and gives it a signal of its own that follows the caller's.
 * openapi-fetch's `Request` listens to its signal until it is garbage-collected, so listeners would pile
 * up on a signal that thousands of calls share.
 *
 * @param optionsIndex where the options stand among the arguments.
 */
function withOwnSignal(optionsIndex: number, call: ApiCall): ApiCall {
  return async (...args) => {
    const options = checkApiOptions(args[optionsIndex] as object | undefined);
    const before = args.slice(0, optionsIndex);
    const { signal } = options as { signal?: AbortSignal | null };
    if (!signal) return call(...before, options);

    signal.throwIfAborted();
    const own = new AbortController();
    const forget = onAbort(signal, () => {
      own.abort(signal.reason);
    });
    try {
      return await call(...before, { ...options, signal: own.signal });
    } finally {
      forget();
    }
  };
}

async function viaTransport(request: Request, send: Transport, baseUrl: string): Promise<Response> {
  const { method, url, signal } = request;
  if (!url.startsWith(`${baseUrl}/`)) {
    throw new PikzelsInputError(OUTSIDE);
  }
  const path = url.slice(baseUrl.length);
  const [pathname = ""] = path.split("?");
  const facts = findOperation(method, pathname);
  const { "content-type": contentType, ...headers } = headersOf(request.headers);
  const body = await bodyOf(request, contentType);
  if (facts) checkBody(facts, typeof body === "string" ? parse(body, contentType) : body);

  // openapi-fetch copies options that it does not know onto the request.
  const { timeoutMs, queueTimeoutMs, maxRetries } = request as CallLimits;
  const { answer, error } = await send({
    method,
    path,
    headers: {
      ...checkHeaders(headers),
      ...(contentType !== undefined && { "content-type": contentType }),
    },
    body,
    answer: facts ? answerKindOf(facts) : "any",
    auth: keyHeaderOf(facts ?? {}),
    options: { timeoutMs, queueTimeoutMs, maxRetries, signal },
  });
  // There was no documented answer. Returning it would give it a wrong type, or pass it off as a
  // success.
  if (!answer) throw error;
  const { status, headers: received, body: content } = answer;
  return new Response(content, { status, headers: received });
}

async function bodyOf(request: Request, contentType = "") {
  const isText = isJsonType(contentType) || /^text\/|urlencoded/i.test(contentType);
  if (isText || contentType === "") return (await request.text()) || undefined;
  return request.blob();
}

function parse(body: string, contentType = ""): unknown {
  if (!isJsonType(contentType)) return body;
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new PikzelsInputError("The request body is not valid JSON.", { cause });
  }
}
