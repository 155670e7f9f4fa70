import type { JobRecord } from "./records.js";

interface Result {
  /** What to print. */
  text: string;
  /** Whether every job is done. */
  complete: boolean;
}

/** Summarises a batch: how many jobs are done, and what happened to each that is not. */
export function report(ids: readonly string[], records: Map<string, JobRecord>): Result {
  const stateOf = (id: string) => records.get(id)?.state;
  const done = ids.filter((id) => stateOf(id) === "done");
  const described = (...states: string[]) =>
    ids
      .filter((id) => states.includes(stateOf(id) ?? ""))
      .map((id) => `${id}: ${reasonOf(records.get(id))}`);
  const sections = [
    section(
      "To be reviewed: each may have been billed. Look them up in the account, then run review.ts",
      described("unknown", "lost"),
    ),
    section("Refused by the API, not billed: mend the job", described("failed")),
    section(
      "Left, not lost: run the same command again",
      ids.filter((id) => [undefined, "sending", "answered"].includes(stateOf(id))),
    ),
  ];
  return {
    text: [`${done.length} of ${ids.length} jobs are done.`, ...sections.flat()].join("\n"),
    complete: done.length === ids.length,
  };
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((l) => `  ${l}`)];
}

/** Says why a job is not done, from its record. */
export function reasonOf(record: JobRecord | undefined): string {
  return record && "reason" in record ? record.reason : "";
}
