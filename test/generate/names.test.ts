import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { methodNames } from "../../scripts/generate/client/method-names.js";
import { readNames } from "../../scripts/generate/client/names-file.js";
import { updateNames } from "../../scripts/generate/client/update-names.js";
import { updateErrorCatalog } from "../../scripts/generate/errors/update-catalog.js";
import { updateKnowledge } from "../../scripts/generate/index.js";
import { updatePrices } from "../../scripts/generate/prices/update-prices.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { listOperations } from "../../scripts/generate/operation-list.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { objectAt } from "../../src/openapi/json.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "names-"));
});

afterEach(() => rm(folder, { recursive: true }));

/**
 * A document with operations such as `POST /v2/thumbnail/text`, each with an operationId if it has
 * one.
 */
function documentOf(operations: Record<string, string | undefined>, more: object = {}) {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operation, operationId] of Object.entries(operations)) {
    const [method = "", path = ""] = operation.split(" ");
    (paths[path] ??= {})[method.toLowerCase()] = { ...(operationId && { operationId }) };
  }
  return { openapi: "3.1.0", info: { title: "Names", version: "1" }, paths, ...more };
}

async function namesOf(document: ReturnType<typeof documentOf>, names = "") {
  const file = join(folder, "names.yaml");
  if (names) await writeFile(file, names);
  const source = { file: "api.json", text: JSON.stringify(document), lineOffset: 0 };
  const operations = listOperations({ source, document, title: "" });
  const methods = methodNames(document, operations, await readNames(file));
  return Object.fromEntries(
    operations.map(({ id, method, path }) => [`${method.toUpperCase()} ${path}`, methods.get(id)]),
  );
}

const plain = (...operations: string[]) =>
  documentOf(Object.fromEntries(operations.map((one) => [one, undefined])));

describe("an operation without an entry is named by rule", () => {
  test.each([
    ["POST /v2/thumbnail/upscale", "thumbnail.upscale"],
    ["POST /v2/face-swap/many_at-once", "faceSwap.manyAtOnce"],
    ["GET /v2/balance", "balance.get"],
    ["POST /v2/balance", "balance.create"],
    ["PUT /v2/balance/{id}", "balance.replace"],
    ["PATCH /v2/balance/{id}", "balance.update"],
    ["DELETE /v2/balance/{id}", "balance.delete"],
    ["GET /v2/balance/{id}/history", "balance.history"],
    ["GET /balance", "balance.get"],
    ["GET /api/v2/balance", "balance.get"],
    ["GET /", "root.get"],
    ["GET /v2/3d", "_3d.get"],
  ])("%s becomes %s", async (operation, expected) => {
    expect(await namesOf(plain(operation))).toEqual({ [operation]: expected });
  });

  test("the server's base path is not a group", async () => {
    const servers = [{ url: "https://example.com/api" }];
    expect(await namesOf(documentOf({ "GET /accounts": undefined }, { servers }))).toEqual({
      "GET /accounts": "accounts.get",
    });
  });

  test("a name that the client already uses is refused with one that is free", async () => {
    const line = "api2.accounts: { operation: GET /api/accounts }";
    await expect(namesOf(plain("GET /api/accounts"))).rejects.toThrow(line);
  });

  test("GET is named list if another path appends one parameter", async () => {
    expect(await namesOf(plain("GET /v2/style", "GET /v2/style/{id}"))).toEqual({
      "GET /v2/style": "style.list",
      "GET /v2/style/{id}": "style.get",
    });
  });

  test("a slash at the end of a path changes no name", async () => {
    expect(await namesOf(plain("GET /v2/style/", "GET /v2/style/{id}/"))).toEqual({
      "GET /v2/style/": "style.list",
      "GET /v2/style/{id}/": "style.get",
    });
  });

  test("a version other than the main one is appended", async () => {
    const document = plain("POST /v2/a/text", "GET /v2/a/one", "POST /v3/a/text");
    expect(await namesOf(document)).toMatchObject({ "POST /v3/a/text": "a.textV3" });
    expect(await namesOf(document, "version: v3\n")).toMatchObject({
      "POST /v2/a/text": "a.textV2",
      "POST /v3/a/text": "a.text",
    });
    expect(await namesOf(document, "version: v9\n")).toEqual(await namesOf(document));
  });

  test("a segment may have a group with another name", async () => {
    expect(await namesOf(plain("GET /v2/title/a"), "groups: { title: titles }\n")).toEqual({
      "GET /v2/title/a": "titles.a",
    });
  });

  test.each([
    [["GET /v2/a/b", "POST /v2/a/b"], "POST /v2/a/b and GET /v2/a/b would both be a.b"],
    [["GET /v2/download"], "GET /v2/download cannot be download.get"],
    [["GET /v2/constructor/a"], "cannot be constructor.a"],
    [["GET /v2/a/wait-until-ready"], "cannot be a.waitUntilReady"],
  ])("%j stops with the line to add", async (operations, message) => {
    await expect(namesOf(plain(...operations))).rejects.toThrow(message);
    await expect(namesOf(plain(...operations))).rejects.toThrow("name it under methods:");
  });
});

const NAMES = `# Kept.
methods:
  thumbnails.fromText: # Kept, too.
    operation: POST /v2/thumbnail/{id}/text
    operationId: text
`;

describe("an entry in names.yaml finds its operation", () => {
  test.each([
    ["by path and HTTP method", documentOf({ "POST /v2/thumbnail/{id}/text": "text" })],
    ["if the path now ends in a slash", documentOf({ "POST /v2/thumbnail/{id}/text/": "new" })],
    ["if a parameter is renamed", documentOf({ "POST /v2/thumbnail/{number}/text": "text" })],
    ["if its operationId changes", documentOf({ "POST /v2/thumbnail/{id}/text": "other" })],
    ["if its path changes", documentOf({ "POST /v2/image": "text" })],
    ["if the whole API moves to v3", documentOf({ "POST /v3/thumbnail/{id}/text": "v3" })],
    [
      "if the base path moves into the server",
      documentOf({ "POST /thumbnail/{id}/text": "x" }, { servers: [{ url: "https://a.b/v2/" }] }),
    ],
  ])("%s", async (_, document) => {
    expect(Object.values(await namesOf(document, NAMES))).toEqual(["thumbnails.fromText"]);
    const updated = updateNames(NAMES, document);
    // Found again from what it says now, and nothing else.
    expect(Object.values(await namesOf(document, updated))).toEqual(["thumbnails.fromText"]);
    expect(updateNames(updated, document)).toBe(updated);
  });

  test("and after an update has the operation's new place, with its comments", () => {
    const updated = updateNames(NAMES, documentOf({ "POST /v2/image/{number}": "text" }));
    expect(updated).toContain("# Kept.");
    expect(updated).toContain("# Kept, too.");
    expect(objectAt(parse(updated), "methods", "thumbnails.fromText")).toEqual({
      operation: "POST /v2/image/{number}",
      operationId: "text",
    });
  });

  test("and the main version is the only one that is left", () => {
    const moved = documentOf({ "POST /v3/thumbnail/{id}/text": "v3", "GET /v3/balance": "b" });
    const updated = updateNames(`version: v2\n${NAMES}`, moved);
    expect(parse(updated)).toMatchObject({ version: "v3" });
    const both = documentOf({ "POST /v3/thumbnail/{id}/text": "v3", "GET /v2/balance": "b" });
    expect(parse(updateNames(`version: v2\n${NAMES}`, both))).toEqual({
      version: "v2",
      methods: {},
    });
  });

  test("and is removed with its operation", () => {
    const updated = updateNames(NAMES, documentOf({ "GET /v2/other": undefined }));
    expect(objectAt(parse(updated), "methods")).toEqual({});
  });
});

describe("the project's own names, prices and errors", () => {
  test("are up to date with the document: an update changes no byte", async () => {
    const document = JSON.parse(await readFile("src/generated/openapi.json", "utf8")) as never;
    const [names, errors, prices] = await Promise.all(
      ["spec/names.yaml", "spec/errors.yaml", "spec/prices.yaml"].map(readSourceText),
    );
    const source = { file: "openapi.json", text: "", lineOffset: 0 };
    const updated = await updateKnowledge({ source, document }, { names, errors, prices }, []);
    expect([...updated.values()]).toEqual([names?.text, errors?.text, prices?.text]);
  });
});

describe("an update of the prices", () => {
  const body = (models: string[]) => ({
    content: { "application/json": { schema: { properties: { model: { enum: models } } } } },
  });
  const post = (models: string[]) => ({ post: { requestBody: body(models), responses: {} } });
  const ROWS = `prices:
  # Kept.
  images.create: { by: model, values: { one: { usd: 1 }, two: { usd: 2 } } }
  titles.create: { usd: 3 }
`;
  const updated = (...models: string[]): unknown => {
    const document = { openapi: "3.1.0", info: {}, paths: { "/images": post(models) } };
    const [operation] = operationsOf(document);
    const methods = new Map(operation ? [["images.create", operation]] : []);
    return parse(updatePrices(ROWS, document, methods));
  };

  test("removes those of a removed method and a removed model", () => {
    expect(updated("two", "three")).toEqual({
      prices: { "images.create": { by: "model", values: { two: { usd: 2 } } } },
    });
  });

  test("removes the whole method if none of its models is accepted any more", () => {
    expect(updated("three")).toEqual({ prices: {} });
  });

  test("keeps every model of a field that does not list its values", () => {
    expect(updated()).toHaveProperty(["prices", "images.create", "values", "one"]);
  });
});

describe("an update of the error catalogue", () => {
  const codes = (...values: string[]) => {
    const code = { properties: { error: { properties: { code: { enum: values } } } } };
    const content = { "application/json": { schema: code } };
    const get = { responses: { default: { description: "", content } } };
    return { openapi: "3.1.0", info: {}, paths: { "/a": { get } } };
  };
  const ROWS =
    "codes:\n  A: { status: 400, meaning: it is bad }\n  # Kept.\n  B: { status: 401 }\n";

  test("removes the row of a removed code, and keeps the others unchanged", () => {
    const updated = updateErrorCatalog(ROWS, codes("B"));
    expect(parse(updated)).toEqual({ codes: { B: { status: 401 } } });
  });

  test("adds a row for a code that the errors page explains", () => {
    const page = [{ code: "C", status: 402, meaning: "it is dear" }];
    expect(parse(updateErrorCatalog(ROWS, codes("A", "B", "C"), page))).toMatchObject({
      codes: { A: { meaning: "it is bad" }, C: { status: 402, meaning: "it is dear" } },
    });
  });

  test("applies a status that the page has changed, but no code that the document lacks", () => {
    const page = [
      { code: "A", status: 403 },
      { code: "C", status: 402 },
    ];
    expect(parse(updateErrorCatalog(ROWS, codes("A", "B"), page))).toEqual({
      codes: { A: { status: 403, meaning: "it is bad" }, B: { status: 401 } },
    });
  });
});
