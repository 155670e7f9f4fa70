import type { JsonObject } from "../../../src/openapi/json.js";
import { objectUnder } from "../json.js";
import type { Mutation } from "./mutation.js";

const text = { type: "string" };

/** An API with a bit of everything, all of it inline; a new one each time. */
export function shop(): JsonObject {
  const api = {
    openapi: "3.0.3",
    info: { title: "Shop", version: "1" },
    servers: [
      { url: "https://shop.test/v1", description: "ours" },
      { url: "https://eu.shop.test" },
    ],
    security: [{ key: [] }],
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
        login: {
          type: "oauth2",
          flows: {
            clientCredentials: {
              tokenUrl: "https://shop.test/token",
              scopes: { read: "may read" },
            },
          },
        },
      },
    },
    paths: {
      "/orders/{id}": {
        post: {
          operationId: "order",
          summary: "Orders something.",
          security: [{ login: ["read"] }],
          parameters: [
            { name: "id", in: "path", required: true, schema: { ...text, format: "uuid" } },
            { name: "dry", in: "query", schema: { type: "boolean", default: false } },
            { name: "tags", in: "query", schema: { type: "array", items: text }, explode: true },
          ],
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: order(), example: { count: 1 } },
              "multipart/form-data": {
                schema: { type: "object", properties: { file: text } },
                encoding: {
                  file: { contentType: "image/png", headers: { "X-Part": { schema: text } } },
                },
              },
            },
          },
          responses: {
            "200": {
              description: "ordered",
              headers: {
                "X-Id": { required: true, schema: text },
                "X-Meta": { content: { "application/json": { schema: { type: "integer" } } } },
              },
              content: { "application/json": { schema: receipt() } },
              links: { next: { operationId: "look", description: "what to do next" } },
            },
            "404": { description: "gone", content: { "application/json": { schema: failure() } } },
          },
          callbacks: {
            done: {
              "{$request.query.url}": {
                post: {
                  requestBody: { content: { "application/json": { schema: failure() } } },
                  responses: { "200": { description: "taken" } },
                },
              },
            },
          },
        },
        get: { operationId: "look", responses: { "200": { description: "found" } } },
      },
    },
  };
  return JSON.parse(JSON.stringify(api)) as JsonObject; // No two parts share an object.
}

function order(): JsonObject {
  return {
    type: "object",
    required: ["count"],
    properties: {
      count: { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 9 },
      note: { ...text, minLength: 1, maxLength: 80, pattern: "^[a-z]+$", nullable: true },
      size: { ...text, enum: ["s", "m"], default: "m" },
      price: { type: "number", multipleOf: 0.1 },
      extra: { type: "object", additionalProperties: text },
      parts: { type: "array", items: text, minItems: 1, uniqueItems: true },
      paid: {
        oneOf: [
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { enum: ["card"] }, no: text },
          },
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { enum: ["cash"] }, to: text },
          },
        ],
      },
    },
  };
}

function receipt(): JsonObject {
  return {
    type: "object",
    required: ["id"],
    properties: {
      id: { ...text, description: "of the order" },
      state: { ...text, enum: ["open", "done"] },
      secret: { ...text, readOnly: true },
      total: { type: "integer", format: "int32", minimum: 0 },
    },
  };
}

function failure(): JsonObject {
  return { type: "object", properties: { why: text } };
}

const operation = (api: JsonObject) => objectUnder(api, "paths", "/orders/{id}", "post");
const body = (api: JsonObject) =>
  objectUnder(operation(api), "requestBody", "content", "application/json", "schema");
const field = (api: JsonObject, name: string) => objectUnder(body(api), "properties", name);
const answer = (api: JsonObject) => objectUnder(operation(api), "responses", "200");
const result = (api: JsonObject) =>
  objectUnder(answer(api), "content", "application/json", "schema");
const member = (api: JsonObject, name: string) => objectUnder(result(api), "properties", name);
const parameter = (api: JsonObject, index: number) =>
  objectUnder(operation(api), "parameters", index);

/** Changes to the shop. */
export const shopMutations: Mutation[] = [
  [
    "an operation removed",
    "breaking",
    (api) => delete objectUnder(api, "paths", "/orders/{id}")["get"],
  ],
  [
    "an operation added",
    "additive",
    (api) => set(api, ["paths", "/new"], { get: { responses: {} } }),
  ],
  ["a different operationId", "additive", (api) => (operation(api)["operationId"] = "buy")],
  ["an operation deprecated", "additive", (api) => (operation(api)["deprecated"] = true)],
  ["a different summary", "docs", (api) => (operation(api)["summary"] = "Buys something.")],
  ["an extension", "docs", (api) => (operation(api)["x-new"] = 1)],
  ["an unknown key", "breaking", (api) => (operation(api)["surprise"] = 1)],
  ["a different title", "docs", (api) => set(api, ["info", "title"], "Store")],
  [
    "a different default address",
    "breaking",
    (api) => set(api, ["servers", "0", "url"], "https://b.test"),
  ],
  [
    "a different additional address",
    "additive",
    (api) => set(api, ["servers", "1", "url"], "https://b.test"),
  ],
  ["a reworded server", "docs", (api) => set(api, ["servers", "0", "description"], "the one")],
  ["no security", "additive", (api) => (operation(api)["security"] = [])],
  ["different security", "breaking", (api) => (operation(api)["security"] = [{ key: [] }])],
  [
    "a different token address",
    "breaking",
    (api) => set(flow(api), ["tokenUrl"], "https://b.test"),
  ],
  ["a scope removed", "breaking", (api) => (flow(api)["scopes"] = {})],
  ["a scope added", "additive", (api) => set(flow(api), ["scopes", "write"], "may write")],
  ["a reworded scope", "docs", (api) => set(flow(api), ["scopes", "read"], "reads")],

  ["a parameter removed", "breaking", (api) => (operation(api)["parameters"] as unknown[]).pop()],
  ["a parameter made required", "breaking", (api) => (parameter(api, 1)["required"] = true)],
  ["a different style", "breaking", (api) => (parameter(api, 2)["explode"] = false)],
  [
    "a different default of a parameter",
    "breaking",
    (api) => set(parameter(api, 1), ["schema", "default"], true),
  ],
  [
    "a parameter that may be empty",
    "additive",
    (api) => (parameter(api, 1)["allowEmptyValue"] = true),
  ],
  ["a parameter deprecated", "additive", (api) => (parameter(api, 1)["deprecated"] = true)],
  [
    "a different format in the path",
    "breaking",
    (api) => set(parameter(api, 0), ["schema", "format"], "date"),
  ],

  [
    "a body made optional",
    "additive",
    (api) => set(operation(api), ["requestBody", "required"], false),
  ],
  ["a media type removed", "breaking", (api) => delete content(api)["multipart/form-data"]],
  ["a media type added", "additive", (api) => set(content(api), ["text/csv"], { schema: text })],
  ["a different example", "docs", (api) => set(content(api), ["application/json", "example"], {})],
  ["a different encoding", "breaking", (api) => set(encoding(api), ["contentType"], "image/gif")],
  [
    "a different header of a field",
    "breaking",
    (api) => set(encoding(api), ["headers", "X-Part", "schema", "pattern"], "^a"),
  ],

  ["a field removed", "breaking", (api) => delete objectUnder(body(api), "properties")["price"]],
  ["a field added", "additive", (api) => set(body(api), ["properties", "new"], text)],
  ["a field made required", "breaking", (api) => (body(api)["required"] = ["count", "note"])],
  ["a field made optional", "additive", (api) => delete body(api)["required"]],
  ["a different type", "breaking", (api) => (field(api, "note")["type"] = "boolean")],
  ["a lower maximum", "breaking", (api) => (field(api, "count")["maximum"] = 8)],
  ["a lower minimum", "additive", (api) => (field(api, "count")["minimum"] = -1)],
  ["a longer string", "additive", (api) => (field(api, "note")["maxLength"] = 90)],
  ["a different pattern", "breaking", (api) => (field(api, "note")["pattern"] = "^[a-y]+$")],
  ["null refused", "breaking", (api) => delete field(api, "note")["nullable"]],
  ["a value removed", "breaking", (api) => (field(api, "size")["enum"] = ["m"])],
  ["a value added", "additive", (api) => (field(api, "size")["enum"] = ["s", "m", "l"])],
  ["a different default", "additive", (api) => (field(api, "size")["default"] = "s")],
  ["finer steps", "additive", (api) => (field(api, "price")["multipleOf"] = 0.01)],
  [
    "a different map",
    "breaking",
    (api) => (field(api, "extra")["additionalProperties"] = { type: "integer" }),
  ],
  ["repeated items", "additive", (api) => delete field(api, "parts")["uniqueItems"]],
  ["different items", "breaking", (api) => set(field(api, "parts"), ["items", "maxLength"], 3)],
  ["a closed object", "breaking", (api) => (body(api)["additionalProperties"] = false)],
  [
    "a change in an alternative",
    "breaking",
    (api) => set(field(api, "paid"), ["oneOf", "1", "properties", "to", "maxLength"], 9),
  ],
  ["an alternative removed", "breaking", (api) => (field(api, "paid")["oneOf"] as unknown[]).pop()],
  ["an unknown keyword", "breaking", (api) => (field(api, "note")["surprise"] = true)],

  [
    "a status added",
    "additive",
    (api) => set(operation(api), ["responses", "500"], { description: "" }),
  ],
  [
    "a failure removed",
    "additive",
    (api) => delete objectUnder(operation(api), "responses")["404"],
  ],
  ["a header removed", "breaking", (api) => delete objectUnder(answer(api), "headers")["X-Id"]],
  [
    "a different header described by content",
    "breaking",
    (api) =>
      set(
        answer(api),
        ["headers", "X-Meta", "content", "application/json", "schema", "type"],
        "string",
      ),
  ],
  [
    "a different link",
    "additive",
    (api) => set(answer(api), ["links", "next", "operationId"], "order"),
  ],
  [
    "an returned field removed",
    "breaking",
    (api) => delete objectUnder(result(api), "properties")["state"],
  ],
  ["a returned field made optional", "breaking", (api) => delete result(api)["required"]],
  [
    "a returned value added",
    "additive",
    (api) => (member(api, "state")["enum"] = ["open", "done", "lost"]),
  ],
  ["null returned", "breaking", (api) => (member(api, "state")["nullable"] = true)],
  ["a wider format returned", "breaking", (api) => (member(api, "total")["format"] = "int64")],
  ["a field made write-only", "breaking", (api) => (member(api, "id")["writeOnly"] = true)],
  ["a different description", "docs", (api) => (member(api, "id")["description"] = "of it")],
  ["a field deprecated", "additive", (api) => (member(api, "state")["deprecated"] = true)],
  [
    "a different payload of a callback",
    "breaking",
    (api) =>
      set(
        called(api),
        ["requestBody", "content", "application/json", "schema", "properties", "why", "type"],
        "integer",
      ),
  ],
  ["a callback removed", "breaking", (api) => delete operation(api)["callbacks"]],
];

function flow(api: JsonObject): JsonObject {
  return objectUnder(api, "components", "securitySchemes", "login", "flows", "clientCredentials");
}

function content(api: JsonObject): JsonObject {
  return objectUnder(operation(api), "requestBody", "content");
}

function encoding(api: JsonObject): JsonObject {
  return objectUnder(content(api), "multipart/form-data", "encoding", "file");
}

function called(api: JsonObject): JsonObject {
  return objectUnder(operation(api), "callbacks", "done", "{$request.query.url}", "post");
}

function set(root: JsonObject, path: readonly string[], value: unknown): unknown {
  const [key = "", ...owners] = path.toReversed();
  const owner = owners.reverse().reduce<unknown>((part, name) => (part as JsonObject)[name], root);
  return ((owner as JsonObject)[key] = value);
}
