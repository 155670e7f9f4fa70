import { runCommand } from "../../scripts/lib/command.js";
import { InputError } from "../../scripts/lib/input-error.js";
import { sharedOptions } from "./options.js";
import { connect } from "./queue.js";
import { openRecords, type JobRecord } from "./records.js";
import { reasonOf } from "./report.js";

await runCommand({
  name: "npx tsx examples/batch/review.ts",
  summary:
    "Lists the jobs that may have been billed with nothing to show for it. Once you have looked one up in your account, say with --resend that it may be sent again.",
  options: {
    redis: {
      type: "string",
      value: "URL",
      default: "redis://localhost:6379",
      help: "the Redis of the batch",
    },
    batch: sharedOptions.batch,
    resend: { type: "string", value: "ID", help: "lets the next run send this job again" },
  },
  exitCodes: { 0: "nothing is left to be reviewed", 1: "something is", 2: "bad options" },
  run: async ({ redis: address, batch, resend }) => {
    const redis = connect(address);
    try {
      const records = openRecords(redis, batch, "review");
      if (resend !== undefined) {
        const record = await records.read(resend);
        if (!isToBeReviewed(record)) {
          const state = record?.state ?? "open";
          throw new InputError(`${resend} is not to be reviewed: it is ${state}.`);
        }
        await records.remove(resend);
      }
      const open = [...(await records.all())]
        .filter(([, record]) => isToBeReviewed(record))
        .map(([id, record]) => describe(id, record));
      console.log(open.length === 0 ? "Nothing is to be reviewed." : open.join("\n"));
      return open.length === 0 ? 0 : 1;
    } finally {
      redis.disconnect();
    }
  },
});

function isToBeReviewed(record: JobRecord | undefined): boolean {
  return record?.state === "unknown" || record?.state === "lost";
}

function describe(id: string, record: JobRecord): string {
  const requestId = "requestId" in record ? ` (request id ${record.requestId})` : "";
  return `${record.at} ${id}: ${reasonOf(record)}${requestId}`;
}
