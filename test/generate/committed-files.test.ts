import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonObject, objectAt } from "../../src/openapi/json.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { errorCatalog, errorCodes } from "../../src/generated/errors.js";
import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { PikzelsInputError } from "../../src/wrappers/errors/classes.js";
import { checkImageSources } from "../../src/wrappers/image-source.js";

const document = JSON.parse(await readFile("src/generated/openapi.json", "utf8")) as JsonObject;

function bodySchema({ method, path }: OperationFacts): JsonObject | undefined {
  const operation = objectAt(objectAt(objectAt(document, "paths"), path), method.toLowerCase());
  const content = objectAt(objectAt(operation, "requestBody"), "content");
  const media = objectAt(content, "application/json");
  return "schema" in media ? objectAt(media, "schema") : undefined;
}

/** A value that the schema of a field accepts. */
function valueFor(schema: JsonObject): unknown {
  if (schema["type"] === "array") return [1, 2, 3].map(() => valueFor(objectAt(schema, "items")));
  const [first] = Array.isArray(schema["enum"]) ? (schema["enum"] as unknown[]) : [];
  const pattern = typeof schema["pattern"] === "string" ? schema["pattern"] : "";
  const texts = ["words", "https://example.com/a.png", "data:image/png;base64,AAAA"];
  return first ?? texts.find((text) => new RegExp(pattern, "u").test(text));
}

function clientAccepts(facts: OperationFacts, body: object): boolean {
  try {
    checkImageSources(facts, body);
    return true;
  } catch (error) {
    if (error instanceof PikzelsInputError) return false;
    throw error;
  }
}

describe("the committed generated files", () => {
  const all: [string, OperationFacts][] = Object.entries(operations);
  const withBody = all.flatMap(([id, facts]) => {
    const schema = bodySchema(facts);
    return schema ? [{ id, facts, schema }] : [];
  });

  test("cover every operation of the document", () => {
    const inDocument = Object.values(objectAt(document, "paths")).flatMap((pathItem) =>
      Object.values(pathItem as Record<string, JsonObject>).map((one) => one["operationId"]),
    );
    expect(Object.keys(operations).sort()).toEqual(inDocument.sort());
  });

  test.each(withBody)(
    "make the client accept what the document accepts for $id",
    ({ facts, schema }) => {
      const properties = objectAt(schema, "properties");
      const required = (schema["required"] as string[] | undefined) ?? [];
      const optional = Object.keys(properties).filter((field) => !required.includes(field));
      const accepts = new Ajv({ strict: false }).compile(schema);
      fc.assert(
        fc.property(fc.subarray(optional), (chosen) => {
          const body = Object.fromEntries(
            [...required, ...chosen].map((field) => [field, valueFor(objectAt(properties, field))]),
          );
          expect(clientAccepts(facts, body), JSON.stringify(body)).toBe(accepts(body));
        }),
      );
    },
  );

  test.each(withBody)("treat the fields with an image pattern as images for $id", (operation) => {
    const patterns = Object.entries(objectAt(operation.schema, "properties")).flatMap(
      ([field, value]) => {
        const pattern = objectAt({ value }, "value")["pattern"];
        const ofItems = objectAt(value, "items")["pattern"];
        const found = pattern ?? ofItems;
        return typeof found === "string" && /^\^(https:|data:image)/.test(found)
          ? [[field, found]]
          : [];
      },
    );
    const images = Object.entries(operation.facts.images ?? {});
    expect(images.map(([field, { pattern }]) => [field, pattern])).toEqual(patterns);
  });

  test("list every error code with its row in the catalogue", async () => {
    const catalog = parseDocument(await readSourceText("spec/errors.yaml"));
    expect(errorCatalog).toEqual(objectAt(catalog, "codes"));
    expect(errorCodes).toEqual(Object.keys(errorCatalog));
  });
});
