import createClient from "openapi-fetch";
import { operations, type OperationFacts } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import type { PikzelsApi } from "./api-types.js";
import { PikzelsInputError } from "./errors/classes.js";
import { checkImageSources } from "./image-source.js";
import { checkHeaders } from "./validate.js";
import type { CallLimits } from "./options.js";
import { API_KEY_HEADER } from "./operation.js";
import { fillPath } from "./request-path.js";
import type { Answer } from "../transport/call.js";
import { isSuccess } from "../transport/response.js";
import { onAbort } from "../transport/abort.js";
import type { Transport } from "../transport/send.js";

/**
 * The client of openapi-fetch over our transport: the same key, checks, retries and limits, but what
 * the service answered comes as `{ data, error, response }`.
 */
export function createApi(send: Transport, baseUrl: string): PikzelsApi {
  const client = createClient<paths>({
    baseUrl,
    pathSerializer: (template, ids) => fillPath(template, (parameter) => ids[parameter]),
    fetch: (request) => viaTransport(request, send, baseUrl),
  });
  const calls = CALLS.map((name) => [name, withOwnSignal(client[name] as ApiCall)]);
  // The same functions, typed more exactly.
  return { ...client, ...Object.fromEntries(calls) } as PikzelsApi;
}

const CALLS = [
  ...(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const),
  "request",
] as const satisfies (keyof PikzelsApi)[];

type ApiCall = (...args: unknown[]) => Promise<unknown>;

/**
 * Gives each call a signal of its own that follows the caller's. The `Request` that openapi-fetch
 * makes listens to its signal until it is collected as garbage: on a signal that thousands of calls
 * share, the listeners would pile up.
 */
function withOwnSignal(call: ApiCall): ApiCall {
  return async (...args) => {
    const options = args.at(-1);
    const { signal } = Object(options) as { signal?: AbortSignal | null };
    if (!signal) return call(...args);

    signal.throwIfAborted();
    const own = new AbortController();
    const forget = onAbort(signal, () => {
      own.abort(signal.reason);
    });
    try {
      return await call(...args.slice(0, -1), { ...(options as object), signal: own.signal });
    } finally {
      forget();
    }
  };
}

async function viaTransport(request: Request, send: Transport, baseUrl: string): Promise<Response> {
  const { method, url, signal } = request;
  if (!url.startsWith(`${baseUrl}/`)) {
    throw new PikzelsInputError("This request would leave the origin and path of baseUrl.");
  }
  const path = url.slice(baseUrl.length);
  const facts = operationAt(method, path);
  const body = (await request.text()) || undefined;
  if (facts && body) checkImageSources(facts, JSON.parse(body));

  // openapi-fetch puts the options that it does not know on the request.
  const { timeoutMs, maxRetries } = request as CallLimits;
  const { answer, error } = await send({
    method,
    path,
    headers: headersOf(request),
    body,
    answer: facts ? "json" : "any",
    auth: API_KEY_HEADER,
    options: { timeoutMs, maxRetries, signal },
  });
  // No answer, or none that is documented: it would be typed wrongly, or mistaken for a success.
  if (!answer) throw error;
  return responseFrom(answer);
}

/** The operation of a concrete path; none for a path that is newer than this package. */
function operationAt(method: string, path: string): OperationFacts | undefined {
  const [pathname = ""] = path.split("?");
  return Object.values<OperationFacts>(operations).find(
    (facts) =>
      facts.method === method &&
      new RegExp(`^${facts.path.replaceAll(/\{[^{}]+\}/g, "[^/]+")}$`).test(pathname),
  );
}

function headersOf({ headers }: Request): Record<string, string> {
  const given = new Headers(headers);
  const contentType = given.get("content-type");
  given.delete("content-type");
  return { ...checkHeaders(given), ...(contentType && { "content-type": contentType }) };
}

/** Bodies have been read and unpacked by now, so the headers on their framing are out of date. */
function responseFrom({ status, headers: received, redact, bytes, text }: Answer): Response {
  const headers = new Headers();
  for (const [name, value] of received) {
    if (!/^content-(encoding|length)$/.test(name)) headers.append(name, redact(value));
  }
  const hasBody = ![204, 205, 304].includes(status);
  return new Response(hasBody ? (isSuccess(status) ? bytes : text) : null, { status, headers });
}
