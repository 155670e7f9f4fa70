import { runCommand } from "../../scripts/lib/command.js";
import { InputError } from "../../scripts/lib/input-error.js";
import { sharedOptions } from "./options.js";
import { connect } from "./queue.js";
import { openRecords, type JobRecord } from "./records.js";

await runCommand({
  name: "npx tsx examples/batch/review.ts",
  summary:
    "Lists the jobs whose request may have been paid without a thumbnail to show for it. Once you have looked one up in your account, say with --resend that it may be sent again.",
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
      const records = openRecords(redis, batch);
      if (resend !== undefined) {
        const record = await records.read(resend);
        if (record?.state !== "review")
          throw new InputError(
            `${resend} is not to be reviewed: it is ${record?.state ?? "open"}.`,
          );
        await records.remove(resend);
      }
      const open = [...(await records.all())].flatMap(([id, record]) => describe(id, record));
      console.log(open.length === 0 ? "Nothing is to be reviewed." : open.join("\n"));
      return open.length === 0 ? 0 : 1;
    } finally {
      redis.disconnect();
    }
  },
});

function describe(id: string, record: JobRecord): string[] {
  if (record.state !== "review") return [];
  const request = record.requestId === undefined ? "" : ` (request id ${record.requestId})`;
  return [`${record.at} ${id}: ${record.reason}${request}`];
}
