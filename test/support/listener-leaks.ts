import { setImmediate as nextTurn } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Watches, for one test, for Node's warnings that listeners pile up on a signal or an emitter. */
export function watchListenerLeaks() {
  const leaks: string[] = [];
  const watch = ({ name, message }: Error) => {
    if (name === "MaxListenersExceededWarning") leaks.push(message);
  };
  process.on("warning", watch);
  onTestFinished(() => void process.off("warning", watch));
  return {
    /** The warnings up to now; they come a turn after what they warn of. */
    leaks: async () => {
      await nextTurn();
      return leaks;
    },
  };
}
