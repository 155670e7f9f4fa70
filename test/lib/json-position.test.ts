import fc from "fast-check";
import { expect, test } from "vitest";
import { toPointer, valueAt } from "../../src/openapi/pointer.js";
import { locate } from "../../scripts/lib/locate.js";

/** The same position as `locate` finds it in YAML: the leading comment is not valid JSON. */
function locateAsYaml(text: string, pointer: string) {
  return locate({ file: "a.yaml", text: `${text}\n# no JSON`, lineOffset: 0 }, pointer);
}

function pointersOf(value: unknown, path: string[] = []): string[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [toPointer(path), ...inner.flatMap(([key, item]) => pointersOf(item, [...path, key]))];
}

test("a position in JSON text is the one that the YAML parser finds", () => {
  const keys = fc.oneof(fc.constantFrom("a", "b/c", "~", "1", "{", '"', "\\", "é"), fc.string());
  const documents = fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 4 });
  fc.assert(
    fc.property(documents, fc.constantFrom(0, 2), (document, indent) => {
      const text = JSON.stringify(document, null, indent);
      for (const pointer of pointersOf(JSON.parse(text))) {
        fc.pre(valueAt(document, pointer) !== undefined);
        const source = { file: "a.json", text, lineOffset: 0 };
        expect(locate(source, pointer), pointer).toEqual(locateAsYaml(text, pointer));
        expect(locate(source, `${pointer}/not there`)).toEqual(locate(source, pointer));
      }
    }),
    { numRuns: 60 },
  );
});
