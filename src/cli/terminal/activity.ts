import { SingleBar } from "cli-progress";
import { bar } from "./bar.js";
import { widthOf, type Output } from "./terminal.js";

/** Shows on a terminal that something is in progress. */
export interface Activity {
  /** How much is done, in percent. */
  progress: (percent: number) => void;
  /** Clears it from the screen. Call it however the work ends. */
  stop: () => void;
}

/**
 * Shows how long a call has been running, and its progress once that is known. Without a terminal,
 * it writes one line per step of progress and nothing else.
 */
export function showActivity(label: string, stream: Output): Activity {
  if (stream.isTTY !== true) {
    return {
      progress: (percent) => stream.write(`${label}: ${percent} %\n`),
      stop: () => undefined,
    };
  }
  const startedAt = performance.now();
  const elapsed = () => `${Math.floor((performance.now() - startedAt) / 1000)} s`;
  let isMeasured = false;
  const single = new SingleBar({
    stream,
    format: (_options, { value }) =>
      isMeasured
        ? `${label} ${bar(value / 100, widthOf(stream))} ${value} %, ${elapsed()}`
        : `${label} … ${elapsed()}`,
    clearOnComplete: true,
    hideCursor: true,
  });
  single.start(100, 0);
  const timer = setInterval(() => {
    single.updateETA();
    single.render();
  }, 1000);
  return {
    progress(percent) {
      isMeasured = true;
      single.update(percent);
    },
    stop() {
      clearInterval(timer);
      single.stop();
    },
  };
}
