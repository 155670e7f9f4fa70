import type { Outcome } from "../wrappers/errors/classes.js";

/** @inline */
interface EventBase {
  /** Counts the calls of one client from 1 on; the same for all events of one call. */
  readonly call: number;
  /** In upper case. */
  readonly method: string;
  /** Without the query; ids filled in. */
  readonly path: string;
  /** Counts the requests of one call from 1 on. */
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
      /** From the sending of the request to the last byte of its answer, in milliseconds. */
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
      /** Why: the service's error code, or the name of the error. */
      readonly reason: string;
    })
  | (EventBase & {
      readonly type: "success";
      /** The whole call, waiting included, in milliseconds. */
      readonly durationMs: number;
    })
  | (EventBase & {
      readonly type: "failure";
      /** The whole call, waiting included, in milliseconds. */
      readonly durationMs: number;
      /** Why: the service's error code, the name of the error, or `"aborted"`. */
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

/** What `PIKZELS_LOG` may be: `debug` prints all events, `info` how calls end and what holds them up. */
export const LOG_LEVELS = ["debug", "info"] as const;

/** Makes a hook that prints events to the console, each as a line without key or prompt. */
export function createEventLog(level: (typeof LOG_LEVELS)[number]): OnEvent {
  return (event) => {
    if (level === "info" && /^(request|response)$/.test(event.type)) return;
    const { type, call, method, path, attempt, ...rest } = event;
    const facts = Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${typeof value === "number" ? Math.round(value) : value}`);
    console.error("pikzels-client", `#${call}.${attempt}`, method, path, type, ...facts);
  };
}
