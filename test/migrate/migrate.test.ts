import { describe, expect, test } from "vitest";
import { clientChanges } from "../../scripts/migrate/client-changes.js";
import { migrateCode } from "../../scripts/migrate/migrate-code.js";
import { migrateCsv, migrateScript } from "../../scripts/migrate/migrate-commands.js";
import { migrateDocstrings } from "../../scripts/migrate/migrate-docstrings.js";
import { migrateMarkdown } from "../../scripts/migrate/migrate-markdown.js";
import { methodsOf } from "../../scripts/generate/index.js";
import type { JsonObject } from "../../src/openapi/json.js";

const json = (schema: JsonObject) => ({ content: { "application/json": { schema } } });
const failure = (...codes: string[]) =>
  json({
    type: "object",
    properties: {
      error: { type: "object", properties: { code: { type: "string", enum: codes } } },
    },
  });
const operation = (operationId: string, properties: JsonObject, required: string[] = []) => ({
  operationId,
  requestBody: { required: true, ...json({ type: "object", properties, required }) },
  responses: { "200": json({ type: "object" }), "400": failure("BAD", "WORSE") },
});

const ORDER = {
  name: { type: "string" },
  size: { type: "string", enum: ["s", "m"] },
};
const NOTE = { note: { type: "string" } };

/** A shop: `orders.create`, `orders.get`, `carts.create`. */
const BEFORE = {
  "/v1/orders": {
    post: operation("create_order", { ...ORDER, ...NOTE }),
  },
  "/v1/orders/{id}": { get: { operationId: "get_order", responses: { "200": json({}) } } },
  "/v1/carts": { post: operation("create_cart", { size: { type: "string", example: "xl" } }) },
};

/** The changes to migrate if these paths replace those of the shop. */
function changesTo(paths: JsonObject) {
  const clientOf = (all: object) => {
    const document = { openapi: "3.0.3", paths: all };
    const source = { file: "shop.json", text: "", lineOffset: 0 };
    return { document, methods: methodsOf({ source, document }, undefined) };
  };
  return clientChanges(clientOf(BEFORE), clientOf({ ...BEFORE, ...paths }));
}

const withOrder = (properties: JsonObject, required: string[] = []) =>
  changesTo({ "/v1/orders": { post: operation("create_order", properties, required) } });
const withoutOrders = changesTo({ "/v1/orders": {}, "/v1/orders/{id}": {} });

describe("in code, the migration", () => {
  test("renames a path parameter in calls by path", () => {
    const changes = changesTo({
      "/v1/orders/{id}": {},
      "/v1/orders/{order_id}": {
        get: { operationId: "get_order", responses: { "200": json({}) } },
      },
    });
    const code = (path: string, member: string) =>
      `api.GET("/v1/orders/{${path}}", { params: { path: { ${member} } } });`;
    expect(migrateCode(code("id", "id: own"), changes)).toBe(code("order_id", `"order_id": own`));
    expect(migrateCode(code("id", "id"), changes)).toBe(code("order_id", `"order_id": id`));
  });

  test("leaves alone what the client did not change", () => {
    const code = `await shop.orders.create({ name: "A", note: "B" });\n`;
    expect(migrateCode(code, changesTo({}))).toBe(code);
  });

  test("drops a removed field, by method and by path", () => {
    const changes = withOrder(ORDER);
    expect(migrateCode(`x(await shop.orders.create({ name, note: "B" }));`, changes)).toBe(
      `x(await shop.orders.create({ name }));`,
    );
    expect(migrateCode(`api.POST("/v1/orders", { body: { name, note } });`, changes)).toBe(
      `api.POST("/v1/orders", { body: { name } });`,
    );
    expect(migrateCode(`carts.create({ note: "B" });`, changes)).toBe(
      `carts.create({ note: "B" });`,
    );
  });

  test("removes a constant that only a removed field used, but keeps the side effects of its value", () => {
    const code = `const key = "k";\nconst note = await noteOf(key);\nconst idle = 1;\nshop.orders.create({ name, note });\n`;
    expect(migrateCode(code, withOrder(ORDER))).toBe(
      `const key = "k";\nawait noteOf(key);\nconst idle = 1;\nshop.orders.create({ name });\n`,
    );
    const plain = `const note = "B";\nshop.orders.create({ name, note });\n`;
    expect(migrateCode(plain, withOrder(ORDER))).toBe(`\nshop.orders.create({ name });\n`);
  });

  test("adds a new required field, with the value from its example", () => {
    const changes = withOrder({ ...ORDER, lang: { type: "string", example: "de" } }, ["lang"]);
    expect(migrateCode(`shop.orders.create({ name } as const);`, changes)).toBe(
      `shop.orders.create({ name, "lang": "de" } as const);`,
    );
  });

  test("replaces a value that is no longer accepted with one that is", () => {
    const changes = withOrder({ ...ORDER, size: { type: "string", enum: ["m", "l"] } });
    expect(migrateCode(`shop.orders.create({ name: "s", size: "s" });`, changes)).toBe(
      `shop.orders.create({ name: "s", size: "m" });`,
    );
  });

  test("adds a new required parameter to the options", () => {
    const parameters = [{ name: "X-Id", in: "header", required: true, example: "7", schema: {} }];
    const changes = changesTo({
      "/v1/orders": { post: { ...BEFORE["/v1/orders"].post, parameters } },
    });
    const given = `{"X-Id":"7"}`;
    expect(migrateCode(`shop.orders.create({ name });`, changes)).toBe(
      `shop.orders.create({ name }, {"headers":${given}});`,
    );
    expect(migrateCode(`shop.orders.create({ name }, { signal });`, changes)).toBe(
      `shop.orders.create({ name }, { signal, "headers":${given} });`,
    );
    expect(migrateCode(`api.POST("/v1/orders", { body });`, changes)).toBe(
      `api.POST("/v1/orders", { body, "params":{"header":${given}} });`,
    );
    expect(migrateCode(`api.POST("/v1/orders", { params: {}, body });`, changes)).toBe(
      `api.POST("/v1/orders", { params: {"header":${given}}, body });`,
    );
  });

  test("replaces names, paths and operationIds with the new ones", () => {
    const changes = changesTo({
      "/v1/orders": {},
      "/v1/purchases": { post: { ...BEFORE["/v1/orders"].post } },
    });
    const code = `const body: OrdersCreateBody = {}; shop.orders.create(body); at("/v1/orders");`;
    expect(migrateCode(code, changes)).toBe(
      `const body: PurchasesCreateBody = {}; shop.purchases.create(body); at("/v1/purchases");`,
    );
    expect(migrateCode(`shop.orders.get("/v1/orders/{id}")`, changes)).toBe(
      `shop.orders.get("/v1/orders/{id}")`,
    );
  });

  test("replaces a removed call with another one if its response is not used", () => {
    const code = `try { await make().orders.create({ name }, { signal }); } catch {}`;
    expect(migrateCode(code, withoutOrders)).toBe(
      `try { await make().carts.create({}, { signal }); } catch {}`,
    );
  });

  test.each([
    `console.log(await shop.orders.create({ name }));`,
    `const { orders } = shop; await orders.create({ name });`,
    `let body: OrdersCreateBody;`,
    `expect(made).toEqual({ create_order: 2 });`,
    `api.POST("/v1/orders", { body });`,
  ])("removes what depends on a removed operation: %s", (code) => {
    expect(migrateCode(code, withoutOrders)).toBeUndefined();
  });

  test("removes what names a removed error code", () => {
    const post = { ...BEFORE["/v1/orders"].post };
    const responses = { ...post.responses, "400": failure("BAD") };
    const cart = { post: { ...BEFORE["/v1/carts"].post, responses } };
    const changes = changesTo({
      "/v1/orders": { post: { ...post, responses } },
      "/v1/carts": cart,
    });
    expect(migrateCode(`is(error, "WORSE")`, changes)).toBeUndefined();
    expect(migrateCode(`is(error, "BAD")`, changes)).toBe(`is(error, "BAD")`);
  });
});

describe("in commands, the migration", () => {
  test("adapts flags and values to the fields, and drops a removed command", () => {
    const changes = withOrder(
      { size: { type: "string", enum: ["m"] }, name: {}, lang: { type: "string", example: "de" } },
      ["lang"],
    );
    const script = `npx pikzels-client orders create "A" --note "B c" \\\n  --size s --json > a.json\n`;
    expect(migrateScript(script, changes)).toBe(
      `npx pikzels-client orders create "A" \\\n  --size m --json --lang de > a.json\n`,
    );
    const two = `npx pikzels-client orders create "A"\nnpx pikzels-client carts create\n`;
    expect(migrateScript(two, withoutOrders)).toBe(`npx pikzels-client carts create\n`);
    expect(migrateScript(`npx pikzels-client orders create "A"\n`, withoutOrders)).toBeUndefined();
  });

  test("adapts the rows of a batch file to the fields of their operation", () => {
    const changes = withOrder({ size: { enum: ["m"] }, name: {}, lang: { example: "de" } }, [
      "lang",
    ]);
    const csv = "operation,name,size,note\norders.create,A,s,B\ncarts.create,,s,\n";
    expect(migrateCsv(csv, changes)).toBe(
      "operation,name,size,note,lang\norders.create,A,m,,de\ncarts.create,,s,,\n",
    );
    expect(migrateCsv(csv, withoutOrders)).toBe("operation,name,size,note\ncarts.create,,s,\n");
  });

  test("adds a column for a header that is now required", () => {
    const { post } = BEFORE["/v1/orders"];
    const header = { name: "X-Shop", in: "header", required: true, example: "north" };
    const changes = changesTo({
      ...BEFORE,
      "/v1/orders": { post: { ...post, parameters: [header] } },
    });
    expect(migrateCsv("operation,name\norders.create,A\ncarts.create,B\n", changes)).toBe(
      "operation,name,X-Shop\norders.create,A,north\ncarts.create,B,\n",
    );
  });
});

describe("in a page, the migration", () => {
  const page = `# Shop

## Orders

Write it down:

\`\`\`ts
console.log(await shop.orders.create({ name }));
\`\`\`

## Rest

Carts are free. \`orders.create\` is not. It
costs a lot. So much for that.

- \`orders.get\` reads one.
- Other things.

| method          | does     |
| --------------- | -------- |
| \`orders.create\` | orders   |

<!-- generated: methods -->

\`orders.create\` stays until this is made anew.

<!-- /generated: methods -->
`;

  test("removes snippets, their introductions, sentences, items, rows and empty sections with a method", () => {
    const migrated = migrateMarkdown(page, withoutOrders).replaceAll(/\n{2,}/g, "\n\n");
    expect(migrated).toBe(`# Shop

## Rest

Carts are free. So much for that.

- Other things.

<!-- generated: methods -->

\`orders.create\` stays until this is made anew.

<!-- /generated: methods -->
`);
  });

  test("leaves an unaffected page unchanged, byte for byte", () => {
    expect(migrateMarkdown(page, changesTo({}))).toBe(page);
  });
});

test("in a docstring, the migration removes an example with what it depends on, and keeps the text", () => {
  const docstring = (example: string) =>
    `/**\n * Makes one.\n *\n * @example\n * \`\`\`ts\n * ${example}\n * \`\`\`\n */\n`;
  expect(migrateDocstrings(docstring("x = shop.orders.create();"), withoutOrders)).toBe(
    "/**\n * Makes one.\n */\n",
  );
  expect(migrateDocstrings(docstring("await shop.orders.create();"), withoutOrders)).toBe(
    docstring("await shop.carts.create({});"),
  );
});
