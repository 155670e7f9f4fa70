import type { PikzelsApiError } from "../wrappers/errors/api-error.js";
import {
  PikzelsConnectionError,
  PikzelsTimeoutError,
  type OperationReference,
  type Outcome,
  type PikzelsError,
  type PikzelsErrorOptions,
} from "../wrappers/errors/classes.js";
import { composeMessage, consequenceOf } from "../wrappers/errors/message.js";
import type { CallOptions, ResolvedOptions } from "../wrappers/options.js";
import { redactKeysInPath } from "../wrappers/redact.js";
import { ignoreErrors, withTimeout } from "./abort.js";
import { copyForeignError } from "./connection.js";
import type { PikzelsEvent } from "./events.js";
import type { Bytes, RequestBody } from "./fetch.js";

/**
 * The kind of body a success has, which decides what the caller gets: a JSON object, a JSON
 * `"value"` of any kind, nothing, text, a `Blob`, or a `ReadableStream`. `"any"` accepts whatever
 * comes, for paths that the spec does not list.
 */
export type AnswerKind = "json" | "value" | "none" | "text" | "binary" | "stream" | "any";

/** The header that carries the key. A bearer token is `{ name: "authorization", prefix: "Bearer " }`. */
export interface KeyHeader {
  /** In lower case. */
  readonly name: string;
  /** What stands before the key. @default "" */
  readonly prefix?: string;
}

/**
 * One request to the API, captured when the call was made, so that it can be sent any number of
 * times.
 */
export interface TransportRequest extends OperationReference {
  /**
   * Everything after the base URL, starting with a slash: ids filled in, with the query if there is
   * one.
   */
  readonly path: string;
  /** Checked, with names in lower case. Contains neither the key's header nor `accept`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody | undefined;
  readonly answer: AnswerKind;
  /** `undefined` sends no key. */
  readonly auth: KeyHeader | undefined;
  readonly options: CallOptions;
}

/** The answer to a request. */
export interface Answer {
  status: number;
  /** Without the key, and without headers that describe the framing of the body. */
  headers: Headers;
  /** The body in the form that `AnswerKind` says; for a failure, its JSON value or text. */
  value: unknown;
  /** The same, as the body of a `Response`. */
  body: string | Bytes | ReadableStream<Bytes> | null;
  /** Resolves when a stream has ended; `undefined` if the body has been read completely. */
  ended?: Promise<void>;
}

/** The outcome of a call: a documented answer, which may be a failure, or no such answer. */
export type Reply =
  | { answer: Answer; error: PikzelsApiError | undefined }
  | { answer: undefined; error: PikzelsError };

/** The state of a call in progress. */
export interface Call {
  readonly settings: ResolvedOptions;
  readonly request: TransportRequest;
  /** What events and errors say about it: no query, and no key if an id was one. */
  readonly operation: OperationReference;
  readonly signal: AbortSignal | undefined;
  /** For the events. */
  readonly number: number;
  readonly timeoutMs: number;
  readonly queueTimeoutMs: number;
  /** How long the call may still be at work; waiting for a slot does not count. */
  workLeftMs: number;
  /** How long it may still wait for slots. */
  queueLeftMs: number;
  attempts: number;
  inFlight: boolean;
  /** The service's id of the latest request, known from the moment its answer begins. */
  requestId: string | undefined;
  /** The worst outcome that the attempts which have ended may have had. */
  outcome: Outcome;
  /** Whether one of them may have succeeded without our learning of it. */
  mayHaveWorked: boolean;
}

/** What events and errors say about a request: no query, and nothing that looks like a key. */
export function referenceOf({ method, path }: OperationReference): OperationReference {
  const [pathname = ""] = path.split("?");
  return { method, path: redactKeysInPath(pathname) };
}

type EventOf<Event> = Event extends PikzelsEvent
  ? Omit<Event, "call" | "method" | "path" | "attempt">
  : never;

/** Tells the event hook what has happened. */
export function emit(call: Call, event: EventOf<PikzelsEvent>): void {
  const { onEvent } = call.settings;
  if (!onEvent) return;
  const attempt = event.type === "wait" ? call.attempts + 1 : call.attempts;
  const told = { call: call.number, ...call.operation, attempt, ...event } as PikzelsEvent;
  void ignoreErrors(() => onEvent(told));
}

/** Why a call failed. */
export interface Failure {
  /** What happened, as a clause. */
  happened: string;
  /** What became of the latest attempt. */
  outcome: Outcome;
  /** What to do next, as a sentence. */
  next?: string | undefined;
}

/** Composes the message and the fields of an error of this call. */
export function describeFailure(call: Call, failure: Failure): [string, PikzelsErrorOptions] {
  const { requestId, attempts, operation } = call;
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

/**
 * Creates the error for a connection that failed or was never made. `key` is kept out of its cause.
 */
export function connectionErrorOf(
  call: Call,
  failure: Failure,
  cause: unknown,
  key: string,
): PikzelsConnectionError {
  const [message, carried] = describeFailure(call, failure);
  return new PikzelsConnectionError(message, { ...carried, cause: copyForeignError(cause, key) });
}

const ORDER: Outcome[] = ["not-sent", "rejected", "unknown"];

function worseOf(one: Outcome, other: Outcome): Outcome {
  return ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

/**
 * Does one step of a call's work within the step's own time limit and what is left of the call's.
 * Settles at once when the call is aborted.
 */
export function doWork<Result>(
  call: Call,
  work: (signal: AbortSignal) => Promise<Result>,
  ownMs = Infinity,
): Promise<Result> {
  const { workLeftMs, timeoutMs } = call;
  const limit =
    ownMs < workLeftMs ? `attemptTimeoutMs (${ownMs} ms)` : `timeoutMs (${timeoutMs} ms)`;
  const happened = `it took longer than ${limit}`;
  return spend(call, "workLeftMs", { ms: Math.min(ownMs, workLeftMs), happened }, work);
}

/** Waits for something other than the call's own work, for as long as `queueTimeoutMs` allows. */
export function doQueue<Result>(
  call: Call,
  wait: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const happened = `it waited for a free slot for longer than queueTimeoutMs (${call.queueTimeoutMs} ms)`;
  return spend(call, "queueLeftMs", { ms: call.queueLeftMs, happened }, wait);
}

/**
 * Does something for at most `ms`, and subtracts the time it took from one of the call's two
 * limits.
 */
async function spend<Result>(
  call: Call,
  limit: "workLeftMs" | "queueLeftMs",
  { ms, happened }: { ms: number; happened: string },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const onTimeout = () => {
    const outcome = call.inFlight ? "unknown" : "not-sent";
    return new PikzelsTimeoutError(...describeFailure(call, { happened, outcome }));
  };
  const startedAt = performance.now();
  try {
    return await withTimeout({ signal: call.signal, ms, onTimeout }, work);
  } finally {
    call[limit] -= performance.now() - startedAt;
  }
}
