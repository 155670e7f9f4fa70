import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorCodesOf, exampleOf, requiredOf } from "../../scripts/generate/index.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { readOperations } from "../../src/emulator/document/operations.js";
import { propertySchemas } from "../../src/emulator/document/property-schemas.js";
import { validatorOf } from "../../src/emulator/document/validator.js";
import { errorCatalog, errorCodes } from "../../src/generated/errors.js";
import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { type JsonObject, objectAt } from "../../src/openapi/json.js";
import { valueAt } from "../../src/openapi/pointer.js";
import { dereference } from "../../src/openapi/references.js";
import { PikzelsInputError } from "../../src/wrappers/errors/classes.js";
import { checkImageSources } from "../../src/wrappers/image-source.js";

const document = JSON.parse(await readFile("src/generated/openapi.json", "utf8")) as JsonObject;

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
  const inDocument = readOperations(document);
  const withBody = inDocument.flatMap(({ id, body }) => {
    const pointer = body?.content.find(({ name }) => name === "application/json")?.pointer;
    const facts = (operations as Record<string, OperationFacts>)[id];
    if (pointer === undefined || !facts) return [];
    const fields = propertySchemas(document, valueAt(document, pointer));
    return fields.size > 0 ? [{ id, facts, pointer, fields }] : [];
  });

  test("cover every operation of the document", () => {
    expect(Object.keys(operations).sort()).toEqual(inDocument.map(({ id }) => id).sort());
  });

  test.each(withBody)(
    "make the client accept what the document accepts for $id",
    ({ facts, pointer, fields }) => {
      const required = requiredOf(document, dereference(document, valueAt(document, pointer)));
      const optional = [...fields.keys()].filter((field) => !required.has(field));
      const { isValid } = validatorOf(document);
      fc.assert(
        fc.property(fc.subarray(optional), (chosen) => {
          const body = Object.fromEntries(
            [...required, ...chosen].map((field) => [
              field,
              exampleOf(document, { schema: fields.get(field) }),
            ]),
          );
          const isAccepted = isValid("request", pointer, body);
          expect(clientAccepts(facts, body), JSON.stringify(body)).toBe(isAccepted);
        }),
      );
    },
  );

  test.each(withBody)("treat the fields with an image pattern as images for $id", (operation) => {
    const patterns = [...operation.fields].flatMap(([field, schema]) => {
      const found = schema["pattern"] ?? objectAt(schema, "items")["pattern"];
      return typeof found === "string" && /^\^(https:|data:image)/.test(found)
        ? [[field, found]]
        : [];
    });
    const images = Object.entries(operation.facts.images ?? {});
    expect(images.map(([field, { pattern }]) => [field, pattern])).toEqual(patterns);
  });

  test("list every error code, with what spec/errors.yaml knows about it", async () => {
    const catalog = parseDocument(await readSourceText("spec/errors.yaml"));
    expect(errorCatalog).toMatchObject(objectAt(catalog, "codes"));
    expect(errorCodes).toEqual(Object.keys(errorCatalog));
    expect(errorCodes.toSorted()).toEqual(errorCodesOf(document).toSorted());
  });
});
