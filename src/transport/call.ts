import type { PikzelsApiError } from "../wrappers/errors/api-error.js";
import {
  PikzelsTimeoutError,
  type OperationReference,
  type Outcome,
  type PikzelsError,
  type PikzelsErrorOptions,
} from "../wrappers/errors/classes.js";
import { composeMessage, consequenceOf } from "../wrappers/errors/message.js";
import type { CallOptions, ResolvedOptions } from "../wrappers/options.js";
import { ignoreErrors, withTimeout } from "./abort.js";
import type { PikzelsEvent } from "./events.js";
import type { Bytes, RequestBody } from "./fetch.js";

/**
 * What the body of a success is, and so what the caller gets: the JSON object, nothing, the text, a
 * `Blob`, a `ReadableStream`. `"any"` takes whatever comes, for paths that the spec does not name.
 */
export type AnswerKind = "json" | "none" | "text" | "binary" | "stream" | "any";

/** The header that carries the key. A bearer token is `{ name: "authorization", prefix: "Bearer " }`. */
export interface KeyHeader {
  /** In lower case. */
  readonly name: string;
  /** What stands before the key. @default "" */
  readonly prefix?: string;
}

/** One request of the API, captured when the call was made: it can be sent any number of times. */
export interface TransportRequest extends OperationReference {
  /** From the slash after the base URL on, with ids filled in and the query, if there is one. */
  readonly path: string;
  /** Names in lower case, checked. Neither the key's header nor `accept`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody | undefined;
  readonly answer: AnswerKind;
  /** `undefined` sends no key. */
  readonly auth: KeyHeader | undefined;
  readonly options: CallOptions;
}

/** What a request was answered with, read to the end. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Takes the key out of what the answer quotes. */
  redact: (text: string) => string;
  /** The body as it came. */
  bytes: Bytes;
  /** The body's text, free of the key; empty if the bytes are all that is asked for. */
  text: string;
  /** The body's JSON value; `undefined` if it has none. */
  json: unknown;
}

/** How a call ended: with a documented answer, be it a failure, or without one. */
export type Reply =
  | { answer: Answer; error: PikzelsApiError | undefined }
  | { answer: undefined; error: PikzelsError };

/** What is known of a call while it is under way. */
export interface Call {
  readonly settings: ResolvedOptions;
  readonly request: TransportRequest;
  /** For the events. */
  readonly number: number;
  readonly timeoutMs: number;
  /** When that time is up, on the clock of `performance.now()`. */
  readonly deadline: number;
  attempts: number;
  inFlight: boolean;
  /** The service's id of the latest request, from the moment its answer begins. */
  requestId: string | undefined;
  /** The worst that the attempts which have ended may have done. */
  outcome: Outcome;
  /** Whether one of them may have reached its aim without our learning of it. */
  mayHaveWorked: boolean;
}

type EventOf<Event> = Event extends PikzelsEvent
  ? Omit<Event, "call" | "method" | "path" | "attempt">
  : never;

/** Tells the hook what happens. */
export function emit(call: Call, event: EventOf<PikzelsEvent>): void {
  const { onEvent } = call.settings;
  if (!onEvent) return;
  const { method, path } = call.request;
  const attempt = event.type === "wait" ? call.attempts + 1 : call.attempts;
  const told = { call: call.number, method, path, attempt, ...event } as PikzelsEvent;
  void ignoreErrors(() => onEvent(told));
}

/** How a call failed. */
export interface Failure {
  /** What happened, as a clause. */
  happened: string;
  /** What became of the latest attempt. */
  outcome: Outcome;
  /** What to do next, as a sentence. */
  next?: string | undefined;
}

/** Composes what an error of this call says and carries. */
export function describeFailure(call: Call, failure: Failure): [string, PikzelsErrorOptions] {
  const { requestId, attempts, request } = call;
  const operation = { method: request.method, path: request.path };
  const outcome = worseOf(call.outcome, failure.outcome);
  const message = composeMessage({
    subject: `${operation.method} ${operation.path}`,
    happened: failure.happened,
    consequence: consequenceOf(outcome, operation),
    next: failure.next,
    requestId,
  });
  return [message, { operation, outcome, attempts, requestId }];
}

const ORDER: Outcome[] = ["not-sent", "rejected", "unknown"];

function worseOf(one: Outcome, other: Outcome): Outcome {
  return ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

/**
 * Does one step of a call within its own time and what is left of the call's; settles at once when
 * the call is aborted.
 */
export function doStep<Result>(
  call: Call,
  work: (signal: AbortSignal) => Promise<Result>,
  ownMs = Infinity,
): Promise<Result> {
  const leftMs = call.deadline - performance.now();
  const onTimeout = () =>
    ownMs < leftMs
      ? timeoutError(call, `attemptTimeoutMs (${ownMs} ms)`)
      : timeoutError(call, `timeoutMs (${call.timeoutMs} ms)`);
  const { signal } = call.request.options;
  return withTimeout({ signal, ms: Math.min(ownMs, leftMs), onTimeout }, work);
}

function timeoutError(call: Call, limit: string): PikzelsTimeoutError {
  const outcome = call.inFlight ? "unknown" : "not-sent";
  const happened = `it took longer than ${limit}`;
  return new PikzelsTimeoutError(...describeFailure(call, { happened, outcome }));
}
