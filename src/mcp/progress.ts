import type { ServerContext } from "@modelcontextprotocol/server";

/** How often the host is notified of a call that has nothing else to report. */
const HEARTBEAT_MS = 5_000;

/** Reports the progress of a call to the host, if it asked for that. */
export interface ProgressReporter {
  /** For work with a known progress, in percent. */
  percent: (percent: number) => void;
  /**
   * Ends it once everything has been sent. Await it however the work ends, before returning its
   * result.
   */
  stop: () => Promise<void>;
}

/**
 * Sends a notification from time to time, so that hosts which give up on silent calls keep waiting,
 * and one for each step of a training. Progress only ever increases, as the protocol requires.
 */
export function reportProgress({ mcpReq }: ServerContext, label: string): ProgressReporter {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) {
    return { percent: () => undefined, stop: () => Promise.resolve() };
  }

  const startedAt = performance.now();
  let last = 0;
  let told: Promise<unknown> = Promise.resolve();
  const send = (progress: number, rest: { total?: number }) => {
    last = Math.max(last + 0.001, progress);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const params = { progressToken, progress: last, message: `${label}: ${seconds} s`, ...rest };
    const sent = mcpReq.notify({ method: "notifications/progress", params });
    // A host that has disconnected needs no progress.
    told = Promise.allSettled([told, sent]);
  };
  const timer = setInterval(() => {
    send(0, {});
  }, HEARTBEAT_MS);
  return {
    percent(percent) {
      send(percent, { total: 100 });
    },
    async stop() {
      clearInterval(timer);
      await told;
    },
  };
}
