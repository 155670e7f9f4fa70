import { isObject } from "../openapi/json.js";
import { failureOf, isSuccess, unexpectedResponse, type Answer } from "./answer.js";
import { emit, type Call, type Reply, type TransportRequest } from "./call.js";
import { bytesOf } from "./read-body.js";
import { withoutSecret } from "./redact.js";

/** Far more than any answer has, far less than would hurt. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Sends the request once and reads its answer. Rejects where the connection fails. */
export async function exchange(call: Call, key: string, signal: AbortSignal): Promise<Reply> {
  const { settings, request } = call;
  emit(call, { type: "request" });
  const sentAt = performance.now();
  const response = await settings.fetch(settings.baseUrl + request.path, {
    method: request.method,
    headers: headersOf(request, key),
    ...(request.body !== undefined && { body: request.body }),
    // A redirect would take the key along: `fetch` strips `Authorization` there, but not ours.
    redirect: "manual",
    signal,
  });
  const answer = await read(call, response, key, signal);
  emit(call, {
    type: "response",
    status: response.status,
    requestId: call.requestId,
    durationMs: performance.now() - sentAt,
  });
  return { answer, error: failureOf(call, answer) };
}

function headersOf({ headers, auth }: TransportRequest, key: string): Record<string, string> {
  return {
    accept: "application/json",
    ...headers,
    ...(auth && { [auth.name]: `${auth.prefix ?? ""}${key}` }),
  };
}

async function read(
  call: Call,
  response: Response,
  key: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { status, headers } = response;
  // Servers have been seen to quote the headers of a request.
  const redact = (text: string) => withoutSecret(text, key);
  const headerId = headers.get("x-request-id");
  // Known before the body is read: the reading may fail.
  if (headerId) call.requestId = redact(headerId);
  const head = { status, headers, redact };
  const bytes = await bytesOf(response, {
    maxBytes: MAX_BYTES,
    tooLong: () => unexpectedResponse(call, `${status} with over ${MAX_BYTES} bytes`, head),
    signal,
  });
  if (isSuccess(status) && call.request.answer !== "json") {
    return { ...head, bytes, text: "", json: undefined };
  }
  const text = redact(new TextDecoder().decode(bytes));
  const json = parse(text);
  const bodyId = isObject(json) ? json["request_id"] : undefined;
  if (typeof bodyId === "string") call.requestId ??= bodyId;
  return { ...head, bytes, text, json };
}

/** Never pollutes: `JSON.parse` makes `__proto__` an ordinary property. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
