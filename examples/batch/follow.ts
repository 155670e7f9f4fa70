import type { QueueEvents } from "bullmq";
import { jobIdOf } from "./queue.js";
import { isOver, type Records } from "./records.js";

/**
 * Follows a batch until each of its jobs has ended or is left for a later run, which is reported to
 * `onEnd`. Rejects when the signal aborts. The events only say when to look; the records are the
 * truth.
 */
export async function followJobs(
  ids: Iterable<string>,
  { events, records, signal }: { events: QueueEvents; records: Records; signal: AbortSignal },
  onEnd: (id: string, how: string) => void,
): Promise<void> {
  const open = new Map([...ids].map((id) => [jobIdOf(id), id]));
  if (open.size === 0) return;
  await new Promise<void>((resolve, reject) => {
    const end = (jobId: string, how: string) => {
      const id = open.get(jobId);
      if (id === undefined) return;
      open.delete(jobId);
      onEnd(id, how);
      if (open.size === 0) resolve();
    };
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
    events.on("completed", ({ jobId }) => {
      records.read(open.get(jobId) ?? "").then((record) => {
        if (record && isOver(record)) end(jobId, record.state);
      }, reject);
    });
    events.on("failed", ({ jobId, failedReason }) => {
      end(jobId, `left: ${failedReason}`);
    });
  });
}
