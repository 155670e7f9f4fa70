import { setImmediate as nextTurn } from "node:timers/promises";
import { onTestFinished } from "vitest";

/**
 * Watches, during one test, for Node's warnings that a signal or an emitter has too many listeners.
 */
export function watchListenerLeaks() {
  const leaks: string[] = [];
  const watch = ({ name, message }: Error) => {
    if (name === "MaxListenersExceededWarning") leaks.push(message);
  };
  process.on("warning", watch);
  onTestFinished(() => void process.off("warning", watch));
  return {
    /** The warnings so far; they arrive one turn after their cause. */
    leaks: async () => {
      await nextTurn();
      return leaks;
    },
  };
}
