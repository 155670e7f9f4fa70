import { homedir } from "node:os";
import { join } from "node:path";
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createPikzels } from "pikzels-client";
import { dollars } from "../cli/operations/price-list.js";
import type { Terminal } from "../cli/terminal/terminal.js";
import { printable } from "../cli/terminal/text.js";
import type { JsonObject } from "../openapi/json.js";
import { Session } from "./session.js";
import { toolsOf, type Tool } from "./tools.js";

/** The flags of `mcp`. */
export interface McpFlags {
  readonly maxUsd?: number;
  readonly readOnly?: boolean;
  readonly out?: string;
  /** Off by `--no-image-content`. */
  readonly imageContent: boolean;
  readonly baseUrl?: string;
}

/** Serves the Model Context Protocol on standard input and output until the host disconnects. */
export async function serveMcp(
  flags: McpFlags,
  version: string,
  terminal: Terminal,
): Promise<void> {
  const session = new Session(createPikzels({ baseUrl: flags.baseUrl }), {
    maxUsd: flags.maxUsd,
    folder: flags.out ?? join(homedir(), "pikzels"),
    imageContent: flags.imageContent,
  });
  const tools = toolsOf(flags.readOnly === true);
  const { stdin, stdout, stderr } = terminal;
  const server = serveStdio(() => createServer(tools, session, version, flags.maxUsd), {
    transport: new StdioServerTransport(stdin, stdout),
    onerror: (error) => stderr.write(`${printable(error.message)}\n`),
  });
  await new Promise<void>((over) => {
    stdin.once("end", over).once("close", over);
    terminal.onInterrupt(over);
  });
  await server.close();
}

function createServer(
  tools: readonly Tool[],
  session: Session,
  version: string,
  maxUsd: number | undefined,
): McpServer {
  const server = new McpServer(
    { name: "pikzels-client", version },
    { capabilities: { tools: {} }, instructions: instructions(maxUsd) },
  );
  for (const tool of tools) {
    const { name, title, description, annotations } = tool;
    const inputSchema = fromJsonSchema<JsonObject>(tool.inputSchema);
    server.registerTool(name, { title, description, annotations, inputSchema }, (args, context) =>
      session.call(tool, args, context),
    );
  }
  return server;
}

function instructions(maxUsd: number | undefined): string {
  const limit =
    maxUsd === undefined
      ? ""
      : ` All calls of this session together may cost ${dollars({ low: maxUsd, high: maxUsd })}.`;
  return `Tools of the Pikzels API, which makes and rates thumbnails and titles for videos. What a tool costs is in its description; a call that fails costs nothing.${limit} If a call ends without an answer it may have been billed: do not repeat it without asking.`;
}
