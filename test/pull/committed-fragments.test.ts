import { readdir, readFile } from "node:fs/promises";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { objectAt } from "../../src/openapi/json.js";

test("spec/sources.yaml says where every fragment came from, and lists no others", async () => {
  const sources = objectAt(parse(await readFile("spec/sources.yaml", "utf8")), "fragments");
  expect(Object.keys(sources).sort()).toEqual((await readdir("spec/fragments")).sort());
});
