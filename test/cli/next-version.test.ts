import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nextVersion } from "../generate/support/next-version.js";
import { serve } from "../support/loopback.js";
import { buildCli } from "./build-cli.js";

const text = { type: "string" };
const bytes = { type: "string", format: "binary" };
const content = (mediaType: string, schema: object = bytes) => ({
  content: { [mediaType]: { schema } },
});
const ok = (mediaType: string, schema?: object) => ({
  200: { description: "OK", ...content(mediaType, schema) },
});
const json = ok("application/json", { type: "object", properties: { done: { type: "boolean" } } });
const post = (body: object, responses: object, parameters: object[] = []) => ({
  post: { parameters, requestBody: { required: true, ...body }, responses },
});
const prompt = content("application/json", { type: "object", properties: { prompt: text } });

/** A document with bodies and responses that the current one does not have. */
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Next", version: "v2" },
  servers: [{ url: "https://next.example" }],
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Api-Key" } },
  },
  security: [{ key: [] }],
  paths: {
    "/v2/upload/form": post(
      content("multipart/form-data", {
        type: "object",
        required: ["file"],
        properties: { file: bytes, page: {}, save: text, tags: { type: "array", items: text } },
      }),
      json,
    ),
    "/v2/upload/raw": post(content("application/octet-stream"), json),
    "/v2/upload/list": post(content("application/json", { type: "array", items: text }), json),
    "/v2/export/pdf": post(prompt, ok("application/pdf")),
    "/v2/export/image": post(prompt, ok("image/png")),
    "/v2/export/csv": post(prompt, ok("text/csv", text)),
    "/v2/export/events": post(prompt, ok("text/event-stream", text)),
    "/v2/named/{id}": post(
      content("application/json", { type: "object", properties: { id: text, name: text } }),
      json,
      [
        { in: "path", name: "id", required: true, schema: text },
        { in: "query", name: "name", schema: text },
        { in: "query", name: "area", ...content("application/json", { type: "object" }) },
        { in: "query", name: "note", ...content("text/csv", { type: "object" }) },
      ],
    ),
  },
};

interface Seen {
  url: string;
  type: string;
  body: Buffer;
}

const ANSWERS: Record<string, [type: string, body: string | string[]]> = {
  "/v2/export/pdf": ["application/pdf", "%PDF\u0000bytes"],
  "/v2/export/image": ["image/png", "\u0089PNG"],
  "/v2/export/csv": ["text/csv", "a,b\n"],
  "/v2/export/events": ["text/event-stream", ["data: 1\n\n", "data: 2\n\n"]],
};

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-next-cli-"));
  const next = await nextVersion(DOCUMENT);
  onCleanUp = next.remove;
  program = await buildCli(join(folder, "package"), { generated: next.files });
  await writeFile(join(folder, "a.bin"), "first");
  await writeFile(join(folder, "b.bin"), "second");
}, 60_000);
let onCleanUp: () => Promise<void>;
afterAll(async () => {
  await onCleanUp();
  await rm(folder, { recursive: true, force: true });
});

/** A service of that version, and the requests that reached it. */
async function startService() {
  const seen: Seen[] = [];
  const { url } = await serve((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url: path = "", headers } = request;
      seen.push({ url: path, type: String(headers["content-type"]), body: Buffer.concat(chunks) });
      const [type, body] = ANSWERS[path] ?? ["application/json", '{"done":true}'];
      response.writeHead(200, { "content-type": type });
      for (const piece of [body].flat()) response.write(piece);
      response.end();
    });
  });
  const env = { ...process.env, PIKZELS_API_KEY: "pkz_next_0123456789", PIKZELS_BASE_URL: url };
  const run = (...argv: string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        [program, ...argv],
        { cwd: folder, env },
        (error, stdout, stderr) => {
          resolve({ code: error?.code ?? 0, stdout, stderr });
        },
      );
    });
  return { seen, run, env };
}

async function formOf({ type, body }: Seen): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
}

describe("a command of an operation", () => {
  test("that takes a form sends files with their names, and everything else as text", async () => {
    const { seen, run } = await startService();
    const flags = ["--file", "a.bin", "--page", "b.bin", "--tags", "x", "--tags", "y"];
    const { code } = await run("upload", "form", ...flags, "--field-save", "yes");
    expect(code).toBe(0);
    const form = await formOf(seen[0] ?? expect.unreachable());
    const [file, page] = [form.get("file") as File, form.get("page") as File];
    expect([file.name, await file.text(), page.name, await page.text()]).toEqual([
      "a.bin",
      "first",
      "b.bin",
      "second",
    ]);
    expect([form.getAll("tags"), form.get("save")]).toEqual([["x", "y"], "yes"]);
  });

  test("that takes bytes sends a file unchanged", async () => {
    const { seen, run } = await startService();
    expect((await run("upload", "raw", "--body", "a.bin")).code).toBe(0);
    expect(seen[0]).toMatchObject({ type: "application/octet-stream", body: Buffer.from("first") });
    const missing = await run("upload", "raw");
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/^error: Missing: --body\. See .+ --help\.\n$/);
  });

  test("that takes a list as JSON sends one from a file", async () => {
    const { seen, run } = await startService();
    await writeFile(join(folder, "list.json"), '["a"]');
    expect((await run("upload", "list", "--body", "list.json")).code).toBe(0);
    expect(String(seen[0]?.body)).toBe('["a"]');
  });

  test("that answers with a file saves it, or writes it to a pipe byte for byte", async () => {
    const { run } = await startService();
    expect((await run("export", "pdf", "x", "--save", "out.pdf")).stderr).toMatch(
      /^Saved out\.pdf$/m,
    );
    expect(await readFile(join(folder, "out.pdf"), "utf8")).toBe("%PDF\u0000bytes");
    expect((await run("export", "pdf", "x")).stdout).toBe("%PDF\u0000bytes");
  });

  test.for([
    ["text", "csv", "a,b\n"],
    ["an event stream", "events", "data: 1\n\ndata: 2\n\n"],
  ])("that answers with %s prints it unchanged", async ([, method = "", expected]) => {
    const { run } = await startService();
    expect(await run("export", method, "x")).toEqual({ code: 0, stdout: expected, stderr: "" });
  });

  test("writes a parameter with content as JSON, or as the text that it is", async () => {
    const { seen, run } = await startService();
    const flags = ["--area", '{"width":2}', "--note", "a,b", "--body-name", "c"];
    expect(await run("named", "create", "7", ...flags)).toMatchObject({ code: 0 });
    expect(new URL(seen[0]?.url ?? "", "http://any").searchParams).toEqual(
      new URLSearchParams({ area: '{"width":2}', note: "a,b" }),
    );
  });

  test("whose id, query parameter and field have the same name tells them apart", async () => {
    const { seen, run } = await startService();
    const { code } = await run(
      "named",
      "create",
      "7",
      "--name",
      "q",
      "--body-id",
      "8",
      "--body-name",
      "b",
    );
    expect(code).toBe(0);
    expect(seen[0]?.url).toBe("/v2/named/7?name=q");
    expect(JSON.parse(String(seen[0]?.body))).toEqual({ id: "8", name: "b" });
  });
});

describe("a batch", () => {
  test("sends files named in a column, and saves responses that are files", async () => {
    const { seen, run } = await startService();
    const rows = [
      { operation: "upload.form", file: "a.bin" },
      { operation: "upload.raw", body: "b.bin" },
      { operation: "export.pdf", prompt: "x" },
      { operation: "export.events", prompt: "x" },
    ];
    await writeFile(join(folder, "jobs.ndjson"), rows.map((row) => JSON.stringify(row)).join("\n"));
    const { code, stdout } = await run("batch", "jobs.ndjson", "--out", "out", "--name", "{line}");
    expect([code, stdout.split("\n")[0]]).toEqual([0, "4 rows: 4 done"]);
    expect(seen.map(({ url }) => url).sort()).toEqual([
      "/v2/export/events",
      "/v2/export/pdf",
      "/v2/upload/form",
      "/v2/upload/raw",
    ]);
    expect((await readdir(join(folder, "out"))).sort()).toEqual([
      "3.pdf",
      "4.txt",
      "journal.ndjson",
      "results.ndjson",
    ]);
    expect(await readFile(join(folder, "out/4.txt"), "utf8")).toBe("data: 1\n\ndata: 2\n\n");
  });
});

describe("a tool of an agent", () => {
  async function connect() {
    const { env, seen } = await startService();
    const pictures = join(folder, "pictures");
    await mkdir(pictures, { recursive: true });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [program, "mcp", "--out", pictures],
      env,
      cwd: folder,
      stderr: "inherit",
    });
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(transport);
    onTestFinished(() => client.close());
    return { client, seen };
  }

  test("takes files by path", async () => {
    const { client, seen } = await connect();
    const call = (name: string, args: object) => client.callTool({ name, arguments: { ...args } });
    expect((await call("upload_form", { file: "a.bin" })).isError).toBeFalsy();
    expect((await call("upload_raw", { body: "b.bin" })).isError).toBeFalsy();
    expect((await call("upload_list", { body: ["a"] })).isError).toBeFalsy();
    const form = await formOf(seen[0] ?? expect.unreachable());
    expect(await (form.get("file") as File).text()).toBe("first");
    expect(seen.slice(1).map(({ body }) => String(body))).toEqual(["second", '["a"]']);
  });

  test("returns text as text, a picture as a picture, and every file as a saved file", async () => {
    const { client } = await connect();
    const call = async (name: string) => {
      const { content } = await client.callTool({ name, arguments: { prompt: "x" } });
      return content;
    };
    expect(await call("export_csv")).toMatchObject([{ type: "text", text: "a,b\n" }]);
    expect(await call("export_events")).toMatchObject([{ text: "data: 1\n\ndata: 2\n\n" }]);
    const [picture, saved] = await call("export_image");
    expect([picture?.type, saved?.type === "text" && saved.text]).toEqual([
      "image",
      expect.stringMatching(/^Saved as .+\.png$/) as string,
    ]);
    expect(await call("export_pdf")).toMatchObject([
      { text: expect.stringMatching(/^Saved as .+\.pdf$/) as string },
    ]);
  });
});
