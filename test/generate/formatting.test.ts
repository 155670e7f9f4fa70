import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { format } from "prettier";
import { expect, test } from "vitest";
import {
  memberLayout,
  namesLayout,
  parseType,
  print,
} from "../../scripts/generate/types/code-layout.js";
import { propertyLayout } from "../../scripts/generate/types/type-layout.js";
import { generatedCode } from "./support/generated-code.js";

const formatted = (code: string) => format(code, { parser: "typescript", printWidth: 100 });

test.for(["spec/openapi.yaml", "test/drift/mutations/zoo.yaml"])(
  "prettier changes nothing in the code generated from %s",
  async (file) => {
    const { code } = await generatedCode(await readFile(file, "utf8"));
    for (const [name, text] of Object.entries(code))
      expect({ [name]: text }).toEqual({ [name]: await formatted(text) });
  },
);

const names = fc.stringMatching(/^[a-z][a-zA-Z]{0,30}$/);
const keys = fc.oneof(
  names,
  fc.stringMatching(/^[a-z]+[-/][a-z]+$/),
  fc.stringMatching(/^[a-zéü日本]{1,6}$/),
);
const texts = fc.oneof(names, fc.stringMatching(/^[\w/{}"'\\. -]{0,110}$/));
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    texts,
    fc.integer(),
    fc.boolean(),
    fc.array(texts, { maxLength: 5 }),
    fc.array(fc.dictionary(keys, texts, { maxKeys: 4 }), { maxLength: 3 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
  ),
}));

test("an operation's facts are formatted as by prettier", async () => {
  await fc.assert(
    fc.asyncProperty(keys, values, async (key, value) => {
      const head = "const facts = {\n";
      const code = `${head}${print([memberLayout(key, value), ","], 1)}\n};\n`;
      expect(code).toBe(
        await formatted(`${head}${JSON.stringify(key)}: ${JSON.stringify(value)},\n};\n`),
      );
    }),
    { numRuns: 300 },
  );
});

const types = fc.oneof(
  names.map((name) => `T${name}`),
  fc.constantFrom("string", "string | number", 'operations["a"]["parameters"]["path"]["id"]'),
);
const intersections = fc
  .array(
    fc.oneof(
      types.map((type) => `{ query?: ${type} }`),
      fc.constant('Omit<CallOptions, "headers">'),
      names.map((name) => `{ headers: ${name} & { readonly [header: string]: unknown } }`),
    ),
    { maxLength: 3 },
  )
  .map((parts) => ["CallOptions", ...parts].join(" & "));

test("a client method is formatted as by prettier", async () => {
  const parameters = fc.uniqueArray(names, { minLength: 0, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(names, parameters, types, intersections, async (name, ids, type, options) => {
      const list = [...ids.map((id) => `${id}: ${type}`), `options?: ${options}`].join(", ");
      const signature = `(${list}) => Promise<T${name}>`;
      const head = "interface Methods {\n  group: {\n";
      const code = `${head}${print(propertyLayout(name, parseType(signature)), 2)}\n  };\n}\n`;
      expect(code).toBe(await formatted(`${head}${name}: ${signature};\n};\n}\n`));
    }),
    { numRuns: 300 },
  );
});

test("a list of imported names is formatted as by prettier", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(names, { maxLength: 8 }), async (list) => {
      const code = print(namesLayout("import type", list, ' from "./schema.js";'));
      expect(`${code}\n`).toBe(await formatted(code));
    }),
  );
});

test("names of properties have quotes if prettier gives them some", async () => {
  const odd = [
    "",
    "ünï",
    "日本",
    "𝒳",
    "a-b",
    "1",
    "1.5",
    "01",
    "$",
    '"',
    "'",
    "*/",
    "__proto__",
    "class",
  ];
  const properties = Object.fromEntries(odd.map((name) => [name, { type: "string" }]));
  const components = { schemas: { Odd: { type: "object", properties } } };
  const document = {
    openapi: "3.1.0",
    info: { title: "Odd", version: "v1" },
    paths: {},
    components,
  };
  const { code } = await generatedCode(JSON.stringify(document));
  for (const text of Object.values(code)) expect(text).toBe(await formatted(text));
});

test.each(["\n", "\r\n", "\r"])("lines that end in %j make docstrings in LF", async (end) => {
  const words = ["One", "Two", "Three"].join(end);
  const described = { title: words, description: words, default: words, type: "string" };
  const schema = { ...described, type: "object", properties: { a: described } };
  const responses = {
    200: { description: words, content: { "application/json": { schema } } },
    204: { description: words },
  };
  const parameters = [{ in: "query", name: "b", description: words, schema: described }];
  const get = { operationId: "a", summary: words, description: words, parameters, responses };
  const info = { title: "Lines", version: "v1" };
  const document = { openapi: "3.1.0", info, paths: { "/v1/a": { get } } };
  const { code } = await generatedCode(JSON.stringify(document));
  for (const text of Object.values(code)) expect(text).toBe(await formatted(text));
});
