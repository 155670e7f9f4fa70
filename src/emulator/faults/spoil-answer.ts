import { jsonAnswer, type Answer } from "../answer.js";
import type { FaultName, FaultProvocation } from "./provocation.js";

/** What a fault needs to know to spoil an answer. */
export interface Spoiling {
  provocation: FaultProvocation;
  /** What would have been answered. */
  answer: Answer;
  requestId: string;
  /** Another origin that leads to this emulator too. */
  elsewhere: string;
}

/** Faults that put another answer in the place of the right one, and send it well-behaved. */
export const spoilers: Partial<Record<FaultName, (spoiling: Spoiling) => Answer>> = {
  "empty-body": ({ provocation }) => ({ status: provocation.status ?? 502, headers: {}, body: "" }),
  html: ({ provocation }) => ({
    status: provocation.status ?? 502,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>\n",
  }),
  "malformed-json": ({ answer }) => ({ ...answer, status: 200, body: '{"output": oops}' }),
  "truncated-json": ({ answer }) => ({ ...answer, body: firstHalf(answer.body) }),
  "wrong-content-type": ({ answer }) => ({
    ...answer,
    headers: { ...answer.headers, "content-type": "text/plain; charset=utf-8" },
  }),
  "null-body": () => jsonAnswer(200, null),
  "wrong-shape": () => jsonAnswer(200, ["something", "else"]),
  "missing-code": ({ provocation, requestId }) =>
    jsonAnswer(provocation.status ?? 500, {
      error: { message: "An envelope without a code." },
      request_id: requestId,
    }),
  "foreign-code": ({ provocation, requestId }) =>
    jsonAnswer(provocation.status ?? 400, {
      error: { code: "NEVER_PUBLISHED", message: "A code that nobody has published." },
      request_id: requestId,
    }),
  redirect: ({ provocation, elsewhere }) => ({
    status: provocation.status ?? 302,
    headers: { location: provocation.location ?? elsewhere },
    body: "",
  }),
};

export function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}
