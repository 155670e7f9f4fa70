import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { firstOperations, restrict } from "../../bench/lib/cut-document.js";
import { measureProcess } from "../../bench/lib/measure-process.js";
import { formatSpread, spreadOf } from "../../bench/lib/spread.js";
import { table } from "../../bench/lib/table.js";

const operation = (schema: string, tag: string) => ({
  tags: [tag],
  responses: { 200: { $ref: `#/components/schemas/${schema}` } },
});

const document = {
  openapi: "3.0.3",
  info: { title: "T", version: "1" },
  externalDocs: { url: "https://docs.test" },
  servers: [],
  tags: [{ name: "a" }, { name: "b" }],
  paths: {
    "/a/{id}": { get: operation("A", "a"), delete: operation("B", "a") },
    "/a/{name}": { get: operation("A", "a") },
    "/b": { post: operation("C", "b") },
    "/upload": { post: { ...operation("C", "b"), servers: [{ url: "https://uploads.test" }] } },
  },
  components: {
    schemas: {
      A: { items: { $ref: "#/components/schemas/B" } },
      B: { type: "string" },
      C: { properties: { self: { $ref: "#/components/schemas/C" } } },
    },
  },
};

test("a document is cut down to operations, with the components and tags they need", () => {
  const [get, remove, post] = firstOperations(document, 3);
  expect([get, remove, post].map((cut) => `${cut?.method ?? ""} ${cut?.path ?? ""}`)).toEqual([
    "get /a/{id}",
    "delete /a/{id}",
    "post /b",
  ]);
  const { A, B, C } = document.components.schemas;
  expect(restrict(document, get ? [get] : [])).toEqual({
    ...document,
    tags: [{ name: "a" }],
    paths: { "/a/{id}": { get: operation("A", "a") } },
    components: { schemas: { A, B } },
  });
  expect(restrict(document, post ? [post] : [])["components"]).toEqual({ schemas: { C } });
  expect(() => firstOperations(document, 4)).toThrow("the document has only 3 operations");
});

test("a spread shows the median, the lowest and the highest measurement", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(formatSpread(spreadOf([1, 2, 4]), 1)).toBe("2.0 (1.0–4.0)");
});

test("the columns of a table line up", () => {
  expect(
    table(
      ["", "time"],
      [
        ["ours", "1"],
        ["another", "10"],
      ],
    ),
  ).toBe("         time\n-------  ----\nours        1\nanother    10");
});

test("a process is measured from start to end, and a failed one is not a measurement", async () => {
  const home = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    const program = join(home, "program.mjs");
    await writeFile(program, "const held = Buffer.alloc(64 * 2 ** 20, 1);");
    const { wallMs, cpuMs, peakBytes } = await measureProcess([program], home);
    expect(wallMs).toBeGreaterThan(0);
    expect(cpuMs).toBeGreaterThan(0);
    expect(peakBytes).toBeGreaterThan(64 * 2 ** 20);

    await writeFile(program, 'process.stderr.write("no luck"); process.exitCode = 3;');
    await expect(measureProcess([program], home)).rejects.toThrow("no luck");
  } finally {
    await rm(home, { recursive: true });
  }
});
