import { randomUUID } from "node:crypto";
import { hostname, uptime } from "node:os";
import { UsageError } from "../errors.js";
import type { Journal, RunEntry } from "./journal.js";

type Start = Extract<RunEntry, { event: "start" }>;

/**
 * Makes this process the only one that works on a batch. The order of the journal decides: whoever's start
 * is found before ours, did not end, and still runs, comes first.
 *
 * @param takeOver Whether a run on another machine, of which nobody here can know, counts as over.
 * @returns What ends the run.
 * @throws {UsageError} If another process works on the batch, or it was made with another API.
 */
export async function startRun(
  journal: Journal,
  api: string,
  takeOver: boolean,
): Promise<() => Promise<void>> {
  const run = randomUUID();
  const end = async () => {
    await journal.append({ run, event: "end", at: new Date().toISOString() });
  };
  await journal.append({
    run,
    event: "start",
    at: new Date().toISOString(),
    api,
    ...thisProcess(),
  });
  const earlier = await openRunsBefore(run, journal);
  const problem = earlier.map((each) => problemWith(each, api, takeOver)).find(Boolean);
  if (problem === undefined) return end;
  await end();
  throw new UsageError(problem);
}

async function openRunsBefore(
  run: string,
  journal: Journal,
): Promise<(Start & { ended: boolean })[]> {
  const runs = new Map<string, Start & { ended: boolean }>();
  for await (const { entry } of journal.entries()) {
    if (!("run" in entry)) continue;
    if (entry.run === run) break;
    const known = runs.get(entry.run);
    if (entry.event === "start") runs.set(entry.run, { ...entry, ended: false });
    else if (known) known.ended = true;
  }
  return [...runs.values()];
}

function problemWith(
  { api, pid, host, bootedAt, ended, at }: Start & { ended: boolean },
  ours: string,
  takeOver: boolean,
): string | undefined {
  if (api !== ours)
    return `This folder holds a batch of ${api}, not of ${ours}: choose another --out.`;
  if (ended) return undefined;
  const here = thisProcess();
  if (host !== here.host) {
    return takeOver
      ? undefined
      : `A run on ${host} (since ${at}) has not ended. If it is over, go on with --take-over.`;
  }
  // Two computations of the same moment differ by how far the clock was adjusted in between.
  const isSameBoot = Math.abs(bootedAt - here.bootedAt) < 60;
  if (!isSameBoot || pid === here.pid || !isRunning(pid)) return undefined;
  return takeOver
    ? undefined
    : `Process ${pid} works on this batch. If it does not, go on with --take-over.`;
}

function thisProcess() {
  const bootedAt = Math.round(Date.now() / 1000 - uptime());
  return { pid: process.pid, host: hostname(), bootedAt };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
