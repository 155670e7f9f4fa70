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
 * - `wait`: it had to wait noticeably for a free place.
 * - `retry`: the call will be sent again after `delayMs`.
 */
export type PikzelsEvent =
  | (EventBase & { readonly type: "request" })
  | (EventBase & {
      readonly type: "response";
      /** The HTTP status of the answer. */
      readonly status: number;
      /** The service's id of the request, where it sent one. */
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
