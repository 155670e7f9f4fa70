import { SingleBar } from "cli-progress";
import { dollars } from "../operations/price-list.js";
import { bar } from "../terminal/bar.js";
import { widthOf, type Output } from "../terminal/terminal.js";
import type { Batch } from "./batch.js";

/** How often progress is printed if there is no terminal. */
const LINE_EVERY_MS = 10_000;

/**
 * Shows the progress of a batch: a bar on a terminal, or else a line from time to time.
 *
 * @returns What takes it off the screen.
 */
export function showProgress(batch: Batch, stream: Output): () => void {
  const startedAt = performance.now();
  const facts = () => {
    const minutes = (performance.now() - startedAt) / 60_000;
    const sent = batch.finished - batch.skipped;
    // Rows of earlier runs take no time: they say nothing of how long the others will.
    const perMinute = minutes > 0 ? sent / minutes : 0;
    const left = batch.toSend - sent;
    return [
      `${batch.finished}/${batch.total} rows`,
      dollars(batch.budget.spent),
      ...(perMinute > 0 && left > 0 ? [`${duration(left / perMinute)} left`] : []),
      `${Math.round(perMinute)} a minute`,
    ];
  };
  if (stream.isTTY !== true) {
    const timer = setInterval(() => stream.write(`${facts().join(", ")}\n`), LINE_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }
  const single = new SingleBar({
    stream,
    format: (_options, { progress }) => {
      const columns = widthOf(stream);
      const blocks = `${bar(progress, columns)} `;
      return blocks + fitting(facts(), columns - blocks.length - 1);
    },
    clearOnComplete: true,
    hideCursor: true,
  });
  single.start(batch.total, 0);
  const timer = setInterval(() => {
    single.update(batch.finished);
  }, 500);
  return () => {
    clearInterval(timer);
    single.stop();
  };
}

/** The first of these, the most important ones first, for which there is room. */
function fitting(facts: readonly string[], columns: number): string {
  const shown = [...facts];
  while (shown.length > 1 && shown.join(", ").length > columns) shown.pop();
  return shown.join(", ");
}

function duration(minutes: number): string {
  return minutes < 90 ? `${Math.ceil(minutes)} min` : `${Math.ceil(minutes / 60)} h`;
}
