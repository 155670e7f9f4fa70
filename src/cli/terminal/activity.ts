import { SingleBar } from "cli-progress";
import type { Output } from "./terminal.js";

/** Shows on a terminal that something is under way. */
export interface Activity {
  /** How much of it is done, in percent. */
  progress: (percent: number) => void;
  /** Takes it off the screen. Call it however the work ends. */
  stop: () => void;
}

/**
 * Tells for how long a call has been under way, and how far it is once that is known. Without a
 * terminal it writes a line for each step of progress and nothing else.
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
  const bar = new SingleBar({
    stream,
    format: (_options, { value }) =>
      isMeasured ? `${label} ${blocks(value)} ${value} %, ${elapsed()}` : `${label} … ${elapsed()}`,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(100, 0);
  const timer = setInterval(() => {
    bar.updateETA();
    bar.render();
  }, 1000);
  return {
    progress(percent) {
      isMeasured = true;
      bar.update(percent);
    },
    stop() {
      clearInterval(timer);
      bar.stop();
    },
  };
}

function blocks(percent: number): string {
  const done = Math.round(percent / 5);
  return "█".repeat(done) + "░".repeat(20 - done);
}
