import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

// An agent with 10 cents: enough for one call for titles, but not for a second one.
const transport = new StdioClientTransport({
  command: "node_modules/.bin/pikzels-client",
  args: ["mcp", "--max-usd", "0.10"],
  env: process.env,
});
const client = new Client({ name: "agent", version: "1.0.0" });
await client.connect(transport);
const call = () =>
  client.callTool({ name: "titles_from_text", arguments: { prompt: "A week in the Arctic" } });
const [first, second] = [await call(), await call()];
const { tools } = await client.listTools();
await client.close();
console.log(
  JSON.stringify({
    tools: tools.length,
    titles: first.structuredContent.outputs.length > 0,
    refused: second.isError === true && second.content[0].text,
  }),
);
