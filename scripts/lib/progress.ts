import { SingleBar } from "cli-progress";

/** Reports the progress of a long task. */
export interface Progress {
  /** One more part is done; `what` names it. */
  step: (what: string) => void;
  /** Removes the bar from the screen. Call it whether the task succeeds or fails. */
  stop: () => void;
}

/**
 * Shows progress on standard error: a bar on a terminal, otherwise one plain line per step.
 *
 * @example
 * const progress = startProgress("Reading pages", pages.length);
 * for (const page of pages) progress.step(await read(page));
 * progress.stop();
 */
export function startProgress(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  return stream.isTTY ? bar(label, total, stream) : lines(total, stream);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar({
    stream,
    format: `${label} {bar} {value}/{total} {what}`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  single.start(total, 0, { what: "" });
  return {
    step: (what) => {
      single.increment({ what });
    },
    stop: () => {
      single.stop();
    },
  };
}

function lines(total: number, stream: NodeJS.WriteStream): Progress {
  let done = 0;
  return {
    step: (what) => {
      done += 1;
      stream.write(`[${done}/${total}] ${what}\n`);
    },
    stop: () => undefined,
  };
}
