import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { startEmulator, type EmulatorOptions } from "pikzels-client/emulator";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { loadOperations } from "../../src/cli/operations/operations.js";
import { toolsOf } from "../../src/mcp/tools.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { buildCli } from "../cli/build-cli.js";
import { sampleApiFiles } from "../support/sample-api-files.js";
import { exampleArguments } from "./example-arguments.js";

const KEY = "pkz_mcp_0123456789abcdef";
const PHOTO = join(process.cwd(), "test/fixtures/images/photo.png");
const prompt = { prompt: "A climber", model: "pkz_4_5", format: "16:9" };

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-mcp-"));
  program = await buildCli(join(folder, "package"), { generated: await sampleApiFiles() });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A host connected to the server, which calls an emulator. */
async function connect(flags: string[] = [], options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ trainingMs: 0, ...options });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, "mcp", "--out", join(folder, "pictures"), ...flags],
    env: { PIKZELS_API_KEY: KEY, PIKZELS_BASE_URL: emulator.url },
    stderr: "pipe",
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  onTestFinished(async () => {
    await client.close();
    await emulator.close();
  });
  return { emulator, client };
}

type Called = Awaited<ReturnType<Client["callTool"]>>;

function textOf({ content }: Called): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}

async function createdId(client: Client): Promise<unknown> {
  const image = [PHOTO, PHOTO, PHOTO];
  const made = await client.callTool({
    name: "styles_create",
    arguments: { name: `Look ${Math.random().toString(36).slice(2, 8)}`, image, wait: true },
  });
  return (made.structuredContent as JsonObject)["id"];
}

describe("the MCP tools", () => {
  test("are one per operation of the spec, with names that every host accepts", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    expect(tools.length).toBe(loadOperations().length);
    for (const { name } of tools) expect(name).toMatch(/^[a-z\d_]{1,64}$/);
  });

  test("declare truthfully what they do to the service", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    for (const { name, annotations } of tools) {
      const tool = toolsOf(false).find((each) => each.name === name) ?? expect.unreachable();
      const { method } = tool.operation.facts;
      expect(annotations).toMatchObject({
        readOnlyHint: method === "GET",
        destructiveHint: method === "DELETE" || method === "PATCH" || method === "PUT",
        openWorldHint: true,
      });
    }
  });

  test("describe their arguments as the spec does, with one argument for an image", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    for (const { name, inputSchema } of tools) {
      const { operation } =
        toolsOf(false).find((each) => each.name === name) ?? expect.unreachable();
      const { properties = {}, required = [] } = inputSchema;
      for (const input of operation.inputs) {
        expect(properties).toHaveProperty(input.name);
        expect(required.includes(input.name)).toBe(input.required);
      }
    }
  });

  test("say what they cost, if they cost anything", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    for (const { annotations, description } of tools) {
      expect(/\bCosts? \$?/.test(description ?? "")).toBe(
        annotations?.readOnlyHint === false && annotations.destructiveHint === false,
      );
    }
  });

  test("are only those that change nothing with --read-only", async () => {
    const { client } = await connect(["--read-only"]);
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(0);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    await expect(
      client.callTool({ name: "thumbnails_from_text", arguments: prompt }),
    ).rejects.toThrow();
  });
});

describe("an MCP call", () => {
  test.each(toolsOf(false).map(({ name, operation }) => [name, operation] as const))(
    "of %s reaches its operation and returns its response",
    async (name, operation) => {
      const { client, emulator } = await connect();
      const result = await client.callTool({
        name,
        arguments: await exampleArguments(operation, () => createdId(client)),
      });
      expect(result.isError ?? false, textOf(result)).toBe(false);
      const called = emulator.requests.filter((request) => request.operation === operation.id);
      expect(called.at(-1)?.status).toBe(200);
      expect(JSON.parse((result.content[0] as { text: string }).text)).toEqual(
        result.structuredContent,
      );
    },
  );

  test("returns a picture as image content and as a saved file", async () => {
    const { client } = await connect();
    const result = await client.callTool({ name: "thumbnails_from_text", arguments: prompt });
    const image = result.content.find(({ type }) => type === "image");
    if (image?.type !== "image") expect.unreachable();
    expect(image.mimeType).toBe("image/png");
    const [, path = ""] = /^Saved as (.+)$/m.exec(textOf(result)) ?? [];
    expect(await readFile(path)).toEqual(Buffer.from(image.data, "base64"));
  });

  test("returns no image content with --no-image-content", async () => {
    const { client } = await connect(["--no-image-content"]);
    const result = await client.callTool({ name: "thumbnails_from_text", arguments: prompt });
    expect(result.content.every(({ type }) => type === "text")).toBe(true);
    expect(textOf(result)).toMatch(/^Saved as /m);
  });

  test("that the service refuses returns a result that says so", async () => {
    const { client, emulator } = await connect();
    emulator.provoke({ code: "CONTENT_POLICY" });
    const result = await client.callTool({ name: "thumbnails_from_text", arguments: prompt });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/CONTENT_POLICY/);
  });

  test("with wrong arguments is refused before anything is sent", async () => {
    const { client, emulator } = await connect();
    for (const wrong of [{}, { ...prompt, model: "pkz_9" }, { ...prompt, colour: "red" }]) {
      const result = await client.callTool({ name: "thumbnails_from_text", arguments: wrong });
      expect(result.isError).toBe(true);
    }
    const none = await client.callTool({ name: "titles_from_text", arguments: {} });
    expect(textOf(none)).toMatch(/Give prompt or support_image\. Nothing was sent\./);
    expect(emulator.stats.requests).toBe(0);
  });

  test("reads only images from disk", async () => {
    const { client, emulator } = await connect();
    const result = await client.callTool({
      name: "thumbnails_score",
      arguments: { image: join(process.cwd(), "package.json") },
    });
    expect(result.isError).toBe(true);
    expect(textOf(result)).not.toContain('pikzels-client"');
    expect(emulator.stats.requests).toBe(0);
  });

  test("is aborted when the host cancels it", async () => {
    const { client, emulator } = await connect([], { processingMs: 60_000 });
    const cancel = new AbortController();
    const called = client.callTool(
      { name: "thumbnails_from_text", arguments: prompt },
      { signal: cancel.signal },
    );
    await vi.waitFor(() => {
      expect(emulator.stats.inFlight).toBe(1);
    }, 20_000);
    cancel.abort(new Error("not any more"));
    await expect(called).rejects.toThrow();
    await vi.waitFor(() => {
      expect(emulator.stats.openSockets).toBe(0);
    }, 20_000);
  });
});

describe("the progress of an MCP call", () => {
  test("is reported during a training to a host that asks for it, and only increases", async () => {
    const { client } = await connect([], { trainingMs: 1 });
    const told: { progress: number; total?: number | undefined }[] = [];
    // The client forgets `onprogress` when it reads the result, which may arrive in the same chunk
    // as the last notification; a handler for all notifications still gets that one.
    client.setNotificationHandler("notifications/progress", ({ params }) => void told.push(params));
    const result = await client.callTool(
      {
        name: "styles_create",
        arguments: { name: "Look", image: [PHOTO, PHOTO, PHOTO], wait: true },
      },
      { onprogress: () => undefined },
    );
    await new Promise(setImmediate);
    expect(result.structuredContent).toMatchObject({ status: "completed" });
    expect(told.at(-1)).toMatchObject({ progress: 100, total: 100 });
    const values = told.map(({ progress }) => progress);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  });

  test("of a failed training ends with the id of what was paid for", async () => {
    const { client, emulator } = await connect();
    emulator.failTraining(1);
    const result = await client.callTool({
      name: "styles_create",
      arguments: { name: "Look", image: [PHOTO, PHOTO, PHOTO], wait: true },
    });
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toHaveProperty("id");
    expect(textOf(result)).toMatch(/failed/);
  });
});

describe("--max-usd", () => {
  const title = { name: "titles_from_text", arguments: { prompt: "A week in the Arctic" } };

  test("refuses the call that would exceed it, before anything is sent", async () => {
    const { client, emulator } = await connect(["--max-usd", "0.20"]);
    for (let call = 0; call < 2; call++) expect((await client.callTool(title)).isError).toBeFalsy();
    const { requests } = emulator.stats;
    const refused = await client.callTool(title);
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(/--max-usd 0\.2\) \$0\.04 is left\. Nothing was sent\./);
    expect(emulator.stats.requests).toBe(requests);
  });

  test("applies to concurrent calls", async () => {
    const { client, emulator } = await connect(["--max-usd", "0.20"]);
    const results = await Promise.all(Array.from({ length: 8 }, () => client.callTool(title)));
    expect(results.filter(({ isError }) => !isError)).toHaveLength(2);
    expect(emulator.ledger.total).toBeLessThanOrEqual(0.2);
  });

  test("counts nothing for a call that was surely not billed", async () => {
    const { client, emulator } = await connect(["--max-usd", "0.10"]);
    emulator.provoke({ code: "CONTENT_POLICY" });
    expect((await client.callTool(title)).isError).toBe(true);
    expect((await client.callTool(title)).isError).toBeFalsy();
  });

  test("counts a call that may have been billed", async () => {
    const { client, emulator } = await connect(["--max-usd", "0.10"]);
    emulator.provoke({ fault: "cut-body" });
    expect((await client.callTool(title)).isError).toBe(true);
    expect(textOf(await client.callTool(title))).toMatch(/Nothing was sent/);
    expect(emulator.ledger.charges.length).toBe(1);
  });
});

test("an MCP host never receives the key", async () => {
  const { client, emulator } = await connect();
  emulator.provoke({ code: "INVALID_API_KEY", message: `unknown key ${KEY}` });
  const all = [
    await client.listTools(),
    await client.callTool({ name: "thumbnails_from_text", arguments: prompt }),
  ];
  expect(JSON.stringify(all)).not.toContain(KEY);
});
