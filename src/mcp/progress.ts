import type { ServerContext } from "@modelcontextprotocol/server";

/** How often a host hears of a call that has nothing else to tell. */
const HEARTBEAT_MS = 5_000;

/** Tells a host how far a call is, if it asked for that. */
export interface ProgressReporter {
  /** Of what takes its time in percent. */
  percent: (percent: number) => void;
  /** Ends it, once everything is told. Wait for it however the work ends, before its result is given. */
  stop: () => Promise<void>;
}

/**
 * Sends a notification now and then, so that hosts which give up on silent calls keep waiting, and one for
 * each step of a training. Progress only ever increases, as the protocol has it.
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
    // A host that is gone needs no progress.
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
