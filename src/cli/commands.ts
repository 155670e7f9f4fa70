import { batchCommand } from "./batch/define.js";
import { checkKeyCommand } from "./check-key.js";
import type { CliCommand } from "./command.js";
import { completeCommand, completionCommand } from "./completion/define.js";
import { estimateCommand } from "./estimate.js";
import { mcpCommand } from "../mcp/define.js";

/** The commands that do not come from the spec. */
export const builtInCommands: readonly CliCommand[] = [
  batchCommand,
  estimateCommand,
  checkKeyCommand,
  mcpCommand,
  completionCommand,
  completeCommand,
];
