import type { Outcome } from "../wrappers/errors/classes.js";
import { toLine } from "../wrappers/redact.js";

/** @inline */
interface EventBase {
  /** Numbers the calls of one client, starting at 1; the same for all events of one call. */
  readonly call: number;
  /** In upper case. */
  readonly method: string;
  /** Without the query; ids filled in. */
  readonly path: string;
  /** Numbers the requests of one call, starting at 1. */
  readonly attempt: number;
}

/**
 * What happens to a call, for logging and tracing. Never carries headers, bodies or the key.
 *
 * - `request`: an attempt is about to be sent.
 * - `response`: its answer has been read.
 * - `wait`: it had to wait noticeably for a free slot.
 * - `retry`: the call will be sent again after `delayMs`.
 * - `success`: the call is over and resolves.
 * - `failure`: the call is over and rejects.
 */
export type PikzelsEvent =
  | (EventBase & { readonly type: "request" })
  | (EventBase & {
      readonly type: "response";
      /** The HTTP status of the answer. */
      readonly status: number;
      /** The service's id of the request; `undefined` if it sent none. */
      readonly requestId: string | undefined;
      /** From sending the request to the last byte of its answer, in milliseconds. */
      readonly durationMs: number;
    })
  | (EventBase & {
      readonly type: "wait";
      /** In milliseconds. */
      readonly durationMs: number;
    })
  | (EventBase & {
      readonly type: "retry";
      /** In milliseconds. */
      readonly delayMs: number;
      /** The reason: the service's error code, or the name of the error. */
      readonly reason: string;
    })
  | (EventBase & {
      readonly type: "success";
      /** Duration of the whole call, including waiting, in milliseconds. */
      readonly durationMs: number;
    })
  | (EventBase & {
      readonly type: "failure";
      /** Duration of the whole call, including waiting, in milliseconds. */
      readonly durationMs: number;
      /** The reason: the service's error code, the name of the error, or `"aborted"`. */
      readonly reason: string;
      /** What became of the request, as the error says. */
      readonly outcome: Outcome;
    });

/**
 * The hook. What it throws or rejects with is ignored: a broken log must
 * not break a paid call. Nothing waits for it.
 *
 * @example
 * ```ts
 * import { createPikzels, type PikzelsEvent } from "pikzels-client";
 *
 * const log = (event: PikzelsEvent) => console.error(event.type, event.method, event.path);
 * const pikzels = createPikzels({ onEvent: log });
 * ```
 */
export type OnEvent = (event: PikzelsEvent) => unknown;

/**
 * The values of `PIKZELS_LOG`: `debug` prints all events; `info` prints how calls end and what
 * delays them.
 */
export const LOG_LEVELS = ["debug", "info"] as const;

/** Creates a hook that prints each event to the console as one line, without key or prompt. */
export function createEventLog(level: (typeof LOG_LEVELS)[number]): OnEvent {
  return (event) => {
    if (level === "info" && /^(request|response)$/.test(event.type)) return;
    const { type, call, method, path, attempt, ...rest } = event;
    const facts = Object.entries(rest).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return `${name}=${typeof value === "number" ? Math.round(value) : toLine(value, 200)}`;
    });
    console.error("pikzels-client", `#${call}.${attempt}`, method, path, type, ...facts);
  };
}
