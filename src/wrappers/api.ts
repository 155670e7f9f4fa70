import createClient, { mergeHeaders, type FetchOptions } from "openapi-fetch";
import type { OperationFacts } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import { HTTP_METHODS } from "../openapi/methods.js";
import { isJsonType } from "../openapi/media-types.js";
import { onAbort } from "../transport/abort.js";
import type { AnswerKind } from "../transport/call.js";
import { valueOf } from "../transport/response.js";
import type { Transport } from "../transport/send.js";
import type { PikzelsApi } from "./api-types.js";
import { PikzelsInputError } from "./errors/classes.js";
import { answerKindOf, findOperation, keyHeaderOf } from "./facts.js";
import { checkApiOptions, type CallLimits } from "./options.js";
import { serializeHeaders, serializeQuery } from "./parameters.js";
import { checkBody, encodeBody, isFormData, toJson, toSearchParams } from "./request-body.js";
import { fillPath } from "./request-path.js";
import { checkHeaders, refuseOption } from "./validate.js";

/**
 * The client of openapi-fetch over our transport: the same key, checks, retries and limits, but what
 * the service answered comes as `{ data, error, response }`.
 */
export function createApi(send: Transport, baseUrl: string): PikzelsApi {
  const client = createClient<paths>({ baseUrl });
  const call = async (method: unknown, path: unknown, given?: object) => {
    const { signal, timeoutMs, queueTimeoutMs, maxRetries, ...options } = checkApiOptions(given);
    if (typeof method !== "string") refuseOption("The HTTP method", "text", method);
    if (typeof path !== "string" || !path.startsWith("/")) throw new PikzelsInputError(OUTSIDE);
    const limits = { timeoutMs, queueTimeoutMs, maxRetries };
    return withOwnSignal(signal, (own) =>
      requestAndRead(client.request as AnyRequest, method.toUpperCase(), path, {
        ...options,
        signal: own.controller.signal,
        // A middleware may replace the request, but not these limits.
        fetch: (request: Request) => viaTransport(request, send, baseUrl, limits, own),
      }),
    );
  };
  const calls = METHODS.map(
    (method) => [method, (path: unknown, given?: object) => call(method, path, given)] as const,
  );
  // The same functions, typed more exactly.
  return { ...client, ...Object.fromEntries(calls), request: call } as unknown as PikzelsApi;
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

type AnyRequest = (method: string, path: string, options: object) => Promise<AnyReply>;

interface AnyReply {
  data?: unknown;
  response: Response;
}

/**
 * Sends a request with openapi-fetch, which would throw a success away if it is read as JSON and is not.
 * The transport ensures that it is, if the document says so; anything else is read here.
 */
async function requestAndRead(
  request: AnyRequest,
  method: string,
  path: string,
  options: ApiOptions,
): Promise<AnyReply> {
  const facts = findOperation(method, path);
  const kind = facts ? answerKindOf(facts) : "any";
  const parseAs = options.parseAs ?? PARSE_AS[kind] ?? "json";
  const isUnchecked = parseAs === "json" && !/^(json|value)$/.test(kind);
  const reply = await request(method, path, {
    ...describedOptions(facts, options),
    parseAs: isUnchecked ? "blob" : parseAs,
  });
  return isUnchecked && reply.data ? { ...reply, data: await valueOf(reply.data as Blob) } : reply;
}

/** Makes openapi-fetch write a call as the document describes its operation. */
function describedOptions(facts: OperationFacts | undefined, given: ApiOptions): object {
  const { header, ...params } = given.params ?? {};
  const options = {
    pathSerializer: (template: string, ids: Record<string, unknown>) =>
      fillPath({ ...facts, path: template }, (name) => ids[name]),
    ...given,
    // Always set, so that a missing id is an error and no literal `{id}` is sent.
    params: { ...params, path: params["path"] ?? {} },
  };
  if (!facts) {
    const headers = headersOf(given.headers, header as ApiOptions["headers"]);
    return { bodySerializer: serializeUndescribed, ...options, headers };
  }
  const encoded = given.bodySerializer ? undefined : encodeBody(facts, given.body);
  const { "content-type": ownType, ...headers } = headersOf(given.headers);
  const contentType = ownType ?? encoded?.contentType;
  return {
    querySerializer: (query: unknown) => serializeQuery(facts, query),
    ...options,
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

/** Headers as openapi-fetch takes them, and as `fetch` does, with names in lower case. */
function headersOf(...given: ApiOptions["headers"][]): Record<string, string> {
  try {
    const merged = mergeHeaders(
      ...given.map((headers) => (isIterable(headers) ? new Headers(headers) : headers)),
    );
    return Object.fromEntries(merged);
  } catch {
    // The platform's message would quote the value, which may be a secret.
    throw new PikzelsInputError("The headers option has a malformed name or value.");
  }
}

/** A list of pairs, a Map, or `Headers`, which may be those of another realm. */
function isIterable(headers: unknown): headers is Iterable<[string, string]> {
  return typeof headers === "object" && headers !== null && Symbol.iterator in headers;
}

/** The signal of one call, and when nothing is left for it to end. */
interface OwnSignal {
  controller: AbortController;
  /** Resolves when the answer has ended, if it is a stream. */
  ended?: Promise<void> | undefined;
}

/**
 * Gives a call a signal of its own that follows the caller's. openapi-fetch's `Request` listens to its
 * signal until it is garbage-collected, so listeners would pile up on a signal that thousands of calls
 * share.
 */
async function withOwnSignal<Result>(
  signal: AbortSignal | null | undefined,
  work: (own: OwnSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const own: OwnSignal = { controller: new AbortController() };
  const forget =
    signal &&
    onAbort(signal, () => {
      own.controller.abort(signal.reason);
    });
  try {
    return await work(own);
  } finally {
    if (own.ended) void own.ended.then(forget);
    else forget?.();
  }
}

async function viaTransport(
  request: Request,
  send: Transport,
  baseUrl: string,
  limits: CallLimits,
  own: OwnSignal,
): Promise<Response> {
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

  // A middleware may have given the request a signal of its own.
  signal.throwIfAborted();
  onAbort(signal, () => {
    own.controller.abort(signal.reason);
  });
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
    options: { ...limits, signal: own.controller.signal },
  });
  // There was no documented answer. Returning it would give it a wrong type, or pass it off as a
  // success.
  if (!answer) throw error;
  own.ended = answer.ended;
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
