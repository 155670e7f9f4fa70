import type { QueueEvents } from "bullmq";
import { isSettled, type Records } from "./records.js";

/**
 * Follows a batch until each of its jobs has come to an end or has failed for good, which is told to
 * `onEnd`; rejects when the signal aborts. The events say when to look; what is true is in the records.
 */
export async function followJobs(
  ids: Iterable<string>,
  { events, records, signal }: { events: QueueEvents; records: Records; signal: AbortSignal },
  onEnd: (id: string, how: string) => void,
): Promise<void> {
  const open = new Set(ids);
  if (open.size === 0) return;
  await new Promise<void>((resolve, reject) => {
    const end = (id: string, how: string) => {
      if (!open.delete(id)) return;
      onEnd(id, how);
      if (open.size === 0) resolve();
    };
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
    events.on("completed", ({ jobId }) => {
      records.read(jobId).then((record) => {
        if (isSettled(record)) end(jobId, record.state);
      }, reject);
    });
    events.on("failed", ({ jobId, failedReason }) => {
      end(jobId, `left: ${failedReason}`);
    });
  });
}
