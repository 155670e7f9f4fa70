import { delimiter, dirname, join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { toolsOf } from "../../../src/mcp/tools.js";
import { exampleArguments } from "../../mcp/example-arguments.js";
import { run, runForJson } from "./support/run.js";
import { tool } from "./support/toolchains.js";

const env = {
  PIKZELS_API_KEY: "pkz_consumer_0123456789",
  PIKZELS_BASE_URL: inject("emulatorUrl"),
};

test("an agent calls a tool through the MCP client, and is refused beyond its limit", async () => {
  const cwd = inject("bundledProject");
  expect(await runForJson(process.execPath, ["agent.mjs"], { cwd, env })).toEqual({
    tools: toolsOf(false).length,
    titles: true,
    refused: expect.stringMatching(/--max-usd .* Nothing was sent\.$/) as string,
  });
});

describe("the MCP inspector", () => {
  const cwd = inject("plainProject");
  const node = tool("node-22/bin/node");
  const inspector = tool("@modelcontextprotocol/inspector/clients/launcher/build/index.js");
  // It starts other programs, using the Node.js that it finds.
  const PATH = [dirname(node), process.env["PATH"] ?? ""].join(delimiter);

  async function inspect(...args: string[]): Promise<JsonObject> {
    const passed = Object.entries(env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    const server = [process.execPath, join(cwd, "node_modules/.bin/pikzels-client"), "mcp"];
    const options = { cwd, env: { PATH } };
    const output = await run(node, [inspector, "--cli", ...passed, ...server, ...args], options);
    return JSON.parse(output) as JsonObject;
  }

  const call = (name: string, given: JsonObject) =>
    inspect(
      ...["--method", "tools/call", "--tool-name", name],
      ...Object.entries(given).flatMap(([key, value]) => [
        "--tool-arg",
        `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      ]),
    );

  async function createdId(): Promise<unknown> {
    const name = `Look ${Math.random().toString(36).slice(2, 8)}`;
    const image = Array<string>(3).fill("https://example.com/look.png");
    return objectAt(await call("styles_create", { name, image }), "structuredContent")["id"];
  }

  test("lists a tool for each operation", async () => {
    const { tools } = await inspect("--method", "tools/list");
    expect((tools as JsonObject[]).map(({ name }) => name)).toEqual(
      toolsOf(false).map(({ name }) => name),
    );
  });

  test.each(toolsOf(false).map(({ name, operation }) => [name, operation] as const))(
    "calls %s",
    async (name, operation) => {
      const result = await call(name, await exampleArguments(operation, createdId));
      expect(result["isError"] ?? false, JSON.stringify(result["content"])).toBe(false);
    },
  );
});
