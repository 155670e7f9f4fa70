import { SingleBar } from "cli-progress";
import { dollars } from "../operations/prices.js";
import type { Output } from "../terminal/terminal.js";
import type { Batch } from "./batch.js";

/** How often progress is told if there is no terminal. */
const LINE_EVERY_MS = 10_000;

/**
 * Shows how far a batch is: a bar on a terminal, a line now and then otherwise.
 *
 * @returns What takes it off the screen.
 */
export function showProgress(batch: Batch, stream: Output): () => void {
  const startedAt = performance.now();
  const facts = () => {
    const minutes = (performance.now() - startedAt) / 60_000;
    const perMinute = minutes > 0 ? batch.finished / minutes : 0;
    const left = batch.total - batch.finished;
    const eta = perMinute > 0 ? `, ${duration(left / perMinute)} left` : "";
    return `${batch.finished}/${batch.total} rows, ${Math.round(perMinute)} a minute, ${dollars(batch.budget.spent)}${eta}`;
  };
  if (stream.isTTY !== true) {
    const timer = setInterval(() => stream.write(`${facts()}\n`), LINE_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }
  const bar = new SingleBar({
    stream,
    format: (_options, { progress }) => {
      const done = Math.round(progress * 20);
      return `${"█".repeat(done)}${"░".repeat(20 - done)} ${facts()}`;
    },
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(batch.total, 0);
  const timer = setInterval(() => {
    bar.update(batch.finished);
  }, 500);
  return () => {
    clearInterval(timer);
    bar.stop();
  };
}

function duration(minutes: number): string {
  return minutes < 90 ? `${Math.ceil(minutes)} min` : `${Math.ceil(minutes / 60)} h`;
}
