import type { Readable, Writable } from "node:stream";

/** A stream that a command writes to, which may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/** What a command uses of its surroundings, besides the API and files. */
export interface Terminal {
  readonly stdin: Readable & { isTTY?: boolean };
  /** For data. */
  readonly stdout: Output;
  /** For progress and everything addressed to a person. */
  readonly stderr: Output;
  /** Calls the listener when the user interrupts; returns a function that removes it. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", ignoreClosedPipe);
  return {
    stdin,
    stdout,
    stderr,
    onInterrupt(listener) {
      process.on("SIGINT", listener).on("SIGTERM", listener);
      return () => void process.off("SIGINT", listener).off("SIGTERM", listener);
    },
  };
}

/**
 * The reader may stop early (`| head`). The command then continues, and its exit code says how it
 * ended.
 */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** How many columns wide text for this stream may be. */
export function widthOf({ columns }: Output): number {
  const { COLUMNS } = process.env;
  return columns ?? (Number(COLUMNS) || 80);
}
