import { jsonReply, type ErrorFields, type Reply } from "../api/reply.js";
import type { FaultName, FaultProvocation } from "./provocation.js";

/** What a fault needs to replace the genuine reply. */
export interface ResponseFaultInput {
  provocation: FaultProvocation;
  /** What would have been answered. */
  reply: Reply;
  /** A failure in the form that the document has for it. */
  failure: (fields: ErrorFields) => Reply;
  requestId: string;
  /** An address of this emulator under another origin. */
  otherOrigin: string;
}

/** Faults that change the reply and then deliver it normally. To add one, add an entry here. */
export const responseFaults: Partial<Record<FaultName, (input: ResponseFaultInput) => Reply>> = {
  "empty-body": ({ provocation }) => ({ status: provocation.status ?? 502, headers: {}, body: "" }),
  html: ({ provocation }) => ({
    status: provocation.status ?? 502,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>\n",
  }),
  "malformed-json": ({ reply }) => ({ ...reply, status: 200, body: '{"output": oops}' }),
  "truncated-json": ({ reply }) => ({ ...reply, body: firstHalf(reply.body) }),
  "wrong-content-type": ({ reply }) => ({
    ...reply,
    headers: { ...reply.headers, "content-type": "text/plain; charset=utf-8" },
  }),
  "null-body": () => jsonReply(200, null),
  "wrong-shape": () => jsonReply(200, ["something", "else"]),
  "missing-code": ({ provocation, requestId }) =>
    jsonReply(provocation.status ?? 500, {
      error: { message: "An envelope without a code." },
      request_id: requestId,
    }),
  "foreign-code": ({ provocation, failure }) =>
    failure({
      status: provocation.status ?? 400,
      code: "NEVER_PUBLISHED",
      message: "A code that nobody has published.",
    }),
  redirect: ({ provocation, otherOrigin }) => ({
    status: provocation.status ?? 302,
    headers: { location: provocation.location ?? otherOrigin },
    body: "",
  }),
};

export function firstHalf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}
