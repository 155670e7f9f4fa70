import { runCli } from "../../../src/cli/run-cli.js";
import { processTerminal } from "../../../src/cli/terminal/terminal.js";

process.exitCode = await runCli(process.argv.slice(2), [], processTerminal());
