import { type FetchInit, type PikzelsOptions } from "pikzels-client";
import { createPikzels } from "./client.js";

/** Shaped like a key; it must not be found anywhere but in the header of a request. */
export const CANARY = "pkz_canary_7f3a9c";

type Step = Response | Error | ((url: string, init: FetchInit) => Response | Promise<Response>);

/** A `fetch` that takes one step of a script per request, and repeats the last one. */
export function stubFetch(...script: Step[]) {
  const requests: { url: string; init: FetchInit }[] = [];
  const fetch = async (url: string, init: FetchInit): Promise<Response> => {
    const step = script[Math.min(requests.length, script.length - 1)];
    requests.push({ url, init });
    if (step === undefined) throw new Error("the script of this stub is empty");
    if (step instanceof Error) throw step;
    return typeof step === "function" ? step(url, init) : step.clone();
  };
  return { fetch, requests };
}

let clients = 0;

/** A client with such a `fetch` and an address of its own, so that tests share no limit. */
export function stubClient(script: Step[], options: PikzelsOptions = {}) {
  const { fetch, requests } = stubFetch(...script);
  const baseUrl = `https://api-${++clients}.example.com`;
  return { pikzels: createPikzels({ apiKey: CANARY, baseUrl, fetch, ...options }), requests };
}

export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), init);
}

/** The published error envelope. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}) {
  const request_id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
  return json({ error: { code, message: "Public message" }, request_id }, { status, headers });
}

/** A response with a body that never arrives. */
export const stalled = () => new Response(new ReadableStream());

/** A request that is never answered, but respects its signal as `fetch` does. */
export const unanswered = (_url: string, { signal }: FetchInit) =>
  new Promise<Response>((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });

/** The error of Node's `fetch` for a failed connection. */
export function networkError(code: string, syscall?: string): TypeError {
  return new TypeError("fetch failed", {
    cause: Object.assign(new Error(code), { code, ...(syscall && { syscall }) }),
  });
}

export const ID = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
export const TEXT_BODY = { prompt: "A climber", model: "pkz_4", format: "16:9" } as const;
export const THUMBNAIL = { output: "https://cdn.example.com/1.png", request_id: ID };
