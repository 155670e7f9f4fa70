import type { PikzelsOptions } from "pikzels-client";
import type { AnswerKind, Reply } from "../../src/transport/call.js";
import { createTransport } from "../../src/transport/send.js";
import { resolveOptions } from "../../src/wrappers/options.js";
import { CANARY } from "./stub-fetch.js";

/** Calls an operation whose success has such a body; the spec has few of these kinds. */
export function sendOnce(
  answer: AnswerKind,
  response: Response,
  { signal, ...options }: PikzelsOptions & { signal?: AbortSignal | undefined } = {},
): Promise<Reply> {
  const fetch = () => Promise.resolve(response);
  const settings = resolveOptions({ apiKey: CANARY, fetch, maxRetries: 0, ...options });
  return createTransport(settings)({
    method: "POST",
    path: "/v3/newer",
    headers: {},
    body: undefined,
    answer,
    auth: { name: "x-api-key" },
    options: { signal },
  });
}
