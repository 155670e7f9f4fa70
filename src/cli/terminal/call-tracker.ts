import type { PikzelsEvent } from "pikzels-client";

/** How far a call has got, which decides what an interruption leaves behind. */
export interface CallTracker {
  readonly state: "not-sent" | "under-way" | "answered";
  readonly onEvent: (event: PikzelsEvent) => void;
}

/** Follows the first call of a client by its events; later calls only read. */
export function trackCall(): CallTracker {
  let state: CallTracker["state"] = "not-sent";
  return {
    get state() {
      return state;
    },
    onEvent({ type, call }) {
      if (call > 1) return;
      if (type === "request") state = "under-way";
      else if (type === "retry") state = "not-sent";
      else if (type === "response") state = "answered";
    },
  };
}
