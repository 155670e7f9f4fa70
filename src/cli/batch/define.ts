import type { Command } from "commander";
import type { CliCommand, CommandContext } from "../command.js";
import { positiveInteger, usd } from "../flags.js";
import { addHelpSection } from "../help.js";
import { operationOption } from "./operation-option.js";
import type { BatchFlags } from "./run-batch.js";

/** `batch FILE --out DIR`. */
export const batchCommand: CliCommand = {
  name: "batch",
  args: "<file>",
  summary: "Runs the jobs of a CSV or NDJSON file; resumes after any crash.",
  define,
};

function define(command: Command, { terminal, exitWith }: CommandContext): void {
  command
    .requiredOption("--out <dir>", "folder for the pictures, the results and the journal")
    .addOption(operationOption())
    .option("--concurrency <n>", "requests in flight at a time", positiveInteger, 10)
    .option("--max-usd <usd>", "most that the batch may cost, earlier runs included", usd)
    .option(
      "--name <pattern>",
      "names of pictures: {id}, {line}, {operation} or any column",
      "{id}",
    )
    .option("--resend-unknown", "sends rows again that may have been billed already")
    .option("--take-over", "goes on although another machine's run has not ended")
    .option("--json", "prints the summary as JSON")
    .option("--base-url <url>", "another address of the API, such as an emulator's");
  addHelpSection(command, "Exit codes", [
    ["0", "every row is done"],
    ["1", "some rows are not; run it again to try them again"],
    ["2", "wrong use: nothing was sent"],
    ["3", "of some rows it is not known whether they were billed"],
    ["130", "interrupted; run it again to go on"],
  ]);
  command.action(async (file: string, flags: BatchFlags) => {
    const { runBatch } = await import("./run-batch.js");
    exitWith(await runBatch(file, flags, terminal));
  });
}
