import { describe, expect, test } from "vitest";
import { kindOf, kindOfItem, type KeywordKind } from "../../src/openapi/keyword-kinds.js";

/** The kind of the value at a path of keys, from the root of a document. */
const kindAt = (path: string) =>
  path.split("/").reduce((kind: KeywordKind, key) => kindOf(key, kind), "spec");

describe("the kind of a keyword in a document", () => {
  test.each<[path: string, kind: KeywordKind]>([
    ["components/schemas/Thing", "spec"],
    ["components/schemas/enum", "spec"],
    ["components/schemas/Thing/enum", "set"],
    ["components/schemas/Thing/properties/description", "spec"],
    ["components/schemas/Thing/properties/description/description", "note"],
    ["components/schemas/Thing/default/required", "data"],
    ["components/schemas/Thing/dependentRequired/name", "set"],
    ["components/schemas/Thing/example/anything", "note"],
    ["security/OAuth", "set"],
    ["components/securitySchemes/OAuth/flows/implicit/scopes/read", "note"],
    ["paths/x-anything", "data"],
    ["x-codeSamples", "note"],
  ])("is for %s: %s", (path, kind) => {
    expect(kindAt(path)).toBe(kind);
  });

  test("is data for the title of the API, and a note for every other title", () => {
    expect(kindOf("title", "info")).toBe("data");
    expect(kindOf("description", "info")).toBe("note");
    expect(kindOf("title", "spec")).toBe("note");
  });

  test("is the same for an item as for its list, except for the objects in a list of parameters", () => {
    expect(kindOfItem(kindOf("parameters", "spec"))).toBe("spec");
    expect(kindOfItem("set")).toBe("set");
  });
});
