import type { CliCommand } from "../cli/command.js";
import { usd } from "../cli/flags.js";
import type { McpFlags } from "./serve.js";

/** `mcp`: a server for agents. */
export const mcpCommand: CliCommand = {
  name: "mcp",
  summary: "Serves the operations as tools for agents, by the Model Context Protocol on stdio.",
  define(command, { terminal }) {
    command
      .option(
        "--max-usd <usd>",
        "most that a session may cost; refused before anything is sent",
        usd,
      )
      .option("--read-only", "offers only what changes nothing and costs nothing")
      .option("--out <dir>", "where pictures are saved (default: pikzels in the home folder)")
      .option("--no-image-content", "gives pictures as files and addresses only")
      .option("--base-url <url>", "another address of the API, such as an emulator's")
      .action(async (flags: McpFlags) => {
        const { serveMcp } = await import("./serve.js");
        const { packageVersion } = await import("../cli/document.js");
        await serveMcp(flags, packageVersion(), terminal);
      });
  },
};
