import { join } from "node:path";
import { expect, test } from "vitest";
import { errorCodesOf, generatedFiles } from "../../scripts/generate/index.js";
import { inMemoryProgram } from "../../scripts/lib/in-memory-program.js";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { isObject, objectAt, stringsAt } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { dereference } from "../../src/openapi/references.js";
import { root } from "../docs/snippets.js";
import { changeObjects } from "../evolutions/document.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { objectUnder } from "../drift/json.js";
import { ownSpec } from "../drift/own-spec.js";
import { errorsOf, migratedTo, programsIn } from "./project.js";

/**
 * Our spec after a hard day. Each enum has lost its last value and each body an optional field;
 * each body and each operation require something new; one error code is left.
 */
async function changedEverywhere() {
  const spec = await ownSpec();
  const [kept = ""] = errorCodesOf(spec);
  const codes = errorCodesOf(spec);
  changeObjects(spec, (schema) => {
    const values = stringsAt(schema, "enum");
    if (values.length > 1 && values.every((value) => codes.includes(value)))
      schema["enum"] = [kept];
  });
  for (const { definition } of operationsOf(spec)) {
    const header = {
      name: "X-Workspace",
      in: "header",
      required: true,
      schema: { type: "string" },
    };
    definition["parameters"] = [
      ...((definition["parameters"] as unknown[] | undefined) ?? []),
      header,
    ];
    if (!("requestBody" in definition)) continue;
    const request = dereference(spec, definition["requestBody"]);
    const media = objectAt(request, "content", "application/json");
    if (!("schema" in media)) continue;
    const schema = dereference(spec, media["schema"]);
    const properties = objectUnder(schema, "properties");
    for (const property of Object.values(properties)) {
      const values = isObject(property) ? stringsAt(property, "enum") : [];
      if (isObject(property) && values.length > 1) property["enum"] = values.slice(0, -1);
    }
    delete media["example"];
    delete properties["title"];
    delete properties["persona"];
    properties["language"] = { type: "string", enum: ["en"] };
    schema["required"] = [...stringsAt(schema, "required"), "language"];
  }
  return spec;
}

test("every remaining snippet and example compiles after every request requires more and accepts less", async () => {
  const document = await changedEverywhere();
  const folder = await temporaryFolder({ "openapi.json": JSON.stringify(document) });
  const { files } = await generatedFiles(join(folder, "openapi.json"));
  const { texts, changes } = await migratedTo(document);
  const programs = programsIn(texts);
  const modules = new Map<string, string>();
  for (const [name, text] of files) modules.set(join(root, "src/generated", name), text);
  for (const { path, code } of programs) modules.set(join(root, path), code);
  const program = inMemoryProgram(modules, compilerOptions());

  expect(changes.gone.size).toBe(0);
  expect(programs.length).toBeGreaterThan(20);
  expect(programs.flatMap(({ path }) => errorsOf(program, join(root, path)))).toEqual([]);
}, 120_000);
