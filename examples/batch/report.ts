import type { JobRecord } from "./records.js";

interface Result {
  /** What to print. */
  text: string;
  /** Whether every job is done. */
  complete: boolean;
}

/** Sums up a batch: how many jobs are done, and what has become of each that is not. */
export function report(ids: string[], records: Map<string, JobRecord>): Result {
  const saved = ids.filter((id) => records.get(id)?.state === "saved");
  const sections = [
    section(
      "To be reviewed: each may have been paid. Look them up in the account, then run review.ts",
      ids.flatMap((id) => describe(id, records.get(id), "review")),
    ),
    section(
      "Refused by the API, not billed: mend the job",
      ids.flatMap((id) => describe(id, records.get(id), "refused")),
    ),
    section(
      "Left, not lost: run the same command again",
      ids.filter((id) => isLeft(records.get(id))),
    ),
  ];
  return {
    text: [`${saved.length} of ${ids.length} thumbnails are saved.`, ...sections.flat()].join("\n"),
    complete: saved.length === ids.length,
  };
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((l) => `  ${l}`)];
}

function describe(
  id: string,
  record: JobRecord | undefined,
  state: "review" | "refused",
): string[] {
  return record?.state === state ? [`${id}: ${record.reason}`] : [];
}

function isLeft(record: JobRecord | undefined): boolean {
  return record === undefined || record.state === "sending" || record.state === "paid";
}
