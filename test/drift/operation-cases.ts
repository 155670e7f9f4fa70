import type { Level } from "../../scripts/drift/rules.js";
import type { RuleId } from "../../scripts/drift/rules.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { apiWithOperation, apiWithPaths } from "./documents.js";

/** A change outside schemas, the rule that reports it, and what it means. */
export interface OperationCase {
  rule: RuleId;
  level: Level;
  from: JsonObject;
  to: JsonObject;
  /** The rule that reports the same change in reverse. */
  back: RuleId;
}

const json = (schema: object = { type: "object" }) => ({ "application/json": { schema } });
const answer = (response: object) => ({
  responses: { "200": { description: "done", ...response } },
});
const query = (more: object = {}) => ({
  parameters: [{ name: "limit", in: "query", schema: { type: "integer" }, ...more }],
});
const body = (more: object = {}) => ({ requestBody: { content: json(), ...more } });
const header = (more: object = {}) =>
  answer({ headers: { "X-Id": { schema: { type: "string" }, ...more } } });
const keyed = (security: unknown) => ({
  security,
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      token: { type: "http", scheme: "bearer" },
    },
  },
});
const webhooks = (names: string[]) => ({
  webhooks: Object.fromEntries(names.map((name) => [name, { post: { responses: {} } }])),
});

/** An operation that calls the program back, at an address taken from its request. */
function callback(address: string): JsonObject {
  return { callbacks: { done: { [address]: { post: { responses: {} } } } } };
}
const oauth = (tokenUrl: string, scopes: string[], more: string[] = []) => ({
  security: [{ login: ["read"] }],
  components: {
    securitySchemes: {
      login: {
        type: "oauth2",
        flows: {
          clientCredentials: {
            tokenUrl,
            scopes: Object.fromEntries(scopes.map((scope) => [scope, `may ${scope}`])),
          },
          ...Object.fromEntries(more.map((flow) => [flow, { tokenUrl, scopes: {} }])),
        },
      },
    },
  },
});

type Row = [rule: RuleId, level: Level, back: RuleId, from: JsonObject, to: JsonObject];

const operations: Row[] = [
  [
    "operation-renamed",
    "additive",
    "operation-renamed",
    { operationId: "a" },
    { operationId: "b" },
  ],
  ["operation-deprecated", "additive", "operation-deprecated", {}, { deprecated: true }],
  ["callback-removed", "breaking", "callback-added", callback("{$url}"), {}],
  ["callback-added", "additive", "callback-removed", {}, callback("{$url}")],
  [
    "callbacks-changed",
    "breaking",
    "callbacks-changed",
    callback("{$request.body#/url}"),
    callback("{$request.query.url}"),
  ],
  [
    "links-changed",
    "additive",
    "links-changed",
    answer({}),
    answer({ links: { next: { operationId: "a" } } }),
  ],

  ["parameter-removed", "breaking", "parameter-added-optional", query(), {}],
  ["parameter-added-required", "breaking", "parameter-removed", {}, query({ required: true })],
  ["parameter-added-optional", "additive", "parameter-removed", {}, query()],
  [
    "parameter-became-required",
    "breaking",
    "parameter-became-optional",
    query(),
    query({ required: true }),
  ],
  [
    "parameter-became-optional",
    "additive",
    "parameter-became-required",
    query({ required: true }),
    query(),
  ],
  [
    "parameter-serialization-changed",
    "breaking",
    "parameter-serialization-changed",
    query({ schema: { type: "array" } }),
    query({ schema: { type: "array" }, explode: false }),
  ],
  [
    "parameter-default-changed",
    "breaking",
    "parameter-default-changed",
    query(),
    query({ schema: { type: "integer", default: 10 } }),
  ],
  [
    "parameter-empty-refused",
    "breaking",
    "parameter-empty-allowed",
    query({ allowEmptyValue: true }),
    query(),
  ],
  [
    "parameter-empty-allowed",
    "additive",
    "parameter-empty-refused",
    query(),
    query({ allowEmptyValue: true }),
  ],
  [
    "type-changed-in-text",
    "additive",
    "type-changed",
    query(),
    query({ schema: { type: "string" } }),
  ],

  ["body-removed", "breaking", "body-added-optional", body(), {}],
  ["body-added-required", "breaking", "body-removed", {}, body({ required: true })],
  ["body-added-optional", "additive", "body-removed", {}, body()],
  ["body-became-required", "breaking", "body-became-optional", body(), body({ required: true })],
  ["body-became-optional", "additive", "body-became-required", body({ required: true }), body()],
  [
    "media-type-removed",
    "breaking",
    "media-type-added",
    answer({ content: json() }),
    answer({ content: {} }),
  ],
  [
    "media-type-added",
    "additive",
    "media-type-removed",
    body(),
    body({ content: { ...json(), "text/csv": {} } }),
  ],
  [
    "media-type-renamed",
    "additive",
    "media-type-renamed",
    body({ content: { "text/csv": {} } }),
    body({ content: { "text/csv; header=present": {} } }),
  ],
  [
    "encoding-changed",
    "additive",
    "encoding-changed",
    body({ content: { "multipart/form-data": {} } }),
    body({ content: { "multipart/form-data": { encoding: { a: { contentType: "image/png" } } } } }),
  ],
  [
    "field-serialization-changed",
    "breaking",
    "field-serialization-changed",
    body({ content: { "multipart/form-data": { encoding: { a: { contentType: "image/png" } } } } }),
    body({ content: { "multipart/form-data": { encoding: { a: { contentType: "image/*" } } } } }),
  ],
  [
    "required-header-added",
    "breaking",
    "required-header-removed",
    body({ content: { "multipart/form-data": {} } }),
    body({
      content: {
        "multipart/form-data": {
          encoding: { a: { headers: { "X-Id": { required: true, schema: { type: "string" } } } } },
        },
      },
    }),
  ],

  ["success-response-removed", "breaking", "response-added", answer({}), { responses: {} }],
  [
    "error-response-removed",
    "additive",
    "response-added",
    { responses: { "404": { description: "no" } } },
    {},
  ],
  ["response-added", "additive", "success-response-removed", {}, answer({})],
  [
    "response-regrouped",
    "additive",
    "response-regrouped",
    { responses: { "2XX": { description: "done" } } },
    { responses: { "200": { description: "done" } } },
  ],
  [
    "header-serialization-changed",
    "breaking",
    "header-serialization-changed",
    header({ schema: { type: "object" } }),
    header({ schema: { type: "object" }, explode: true }),
  ],
  ["header-removed", "additive", "header-added", header(), answer({})],
  [
    "required-header-removed",
    "breaking",
    "required-header-added",
    header({ required: true }),
    answer({}),
  ],
  ["header-added", "additive", "header-removed", answer({}), header()],
  [
    "header-became-optional",
    "breaking",
    "header-became-required",
    header({ required: true }),
    header(),
  ],
  [
    "header-became-required",
    "additive",
    "header-became-optional",
    header(),
    header({ required: true }),
  ],
];

const operation = (path: string) => ({ [path]: { get: { responses: {} } } });

const documents: Row[] = [
  [
    "operation-removed",
    "breaking",
    "operation-added",
    apiWithPaths({ ...operation("/a"), ...operation("/b") }),
    apiWithPaths(operation("/a")),
  ],
  [
    "operation-added",
    "additive",
    "operation-removed",
    apiWithPaths(operation("/a")),
    apiWithPaths({ ...operation("/a"), ...operation("/b") }),
  ],
  [
    "parameter-renamed",
    "breaking",
    "parameter-renamed",
    withPathParameter("id"),
    withPathParameter("thing_id"),
  ],
  [
    "webhook-removed",
    "breaking",
    "webhook-added",
    apiWithPaths({}, webhooks(["done", "failed"])),
    apiWithPaths({}, webhooks(["done"])),
  ],
  [
    "webhook-added",
    "additive",
    "webhook-removed",
    apiWithPaths({}, webhooks(["done"])),
    apiWithPaths({}, webhooks(["done", "failed"])),
  ],
  [
    "default-server-changed",
    "breaking",
    "default-server-changed",
    apiWithOperation({}, { servers: [{ url: "https://a.test" }] }),
    apiWithOperation({}, { servers: [{ url: "https://b.test" }] }),
  ],
  [
    "servers-changed",
    "additive",
    "servers-changed",
    apiWithOperation({}, { servers: [{ url: "https://a.test" }] }),
    apiWithOperation({}, { servers: [{ url: "https://a.test" }, { url: "https://b.test" }] }),
  ],
  [
    "oauth-flow-removed",
    "breaking",
    "oauth-flow-added",
    apiWithOperation({}, oauth("https://a.test/token", ["read"], ["implicit"])),
    apiWithOperation({}, oauth("https://a.test/token", ["read"])),
  ],
  [
    "oauth-flow-added",
    "additive",
    "oauth-flow-removed",
    apiWithOperation({}, oauth("https://a.test/token", ["read"])),
    apiWithOperation({}, oauth("https://a.test/token", ["read"], ["implicit"])),
  ],
  [
    "oauth-url-changed",
    "breaking",
    "oauth-url-changed",
    apiWithOperation({}, oauth("https://a.test/token", ["read"])),
    apiWithOperation({}, oauth("https://b.test/token", ["read"])),
  ],
  [
    "oauth-scope-removed",
    "breaking",
    "oauth-scope-added",
    apiWithOperation({}, oauth("https://a.test/token", ["read", "write"])),
    apiWithOperation({}, oauth("https://a.test/token", ["read"])),
  ],
  [
    "oauth-scope-added",
    "additive",
    "oauth-scope-removed",
    apiWithOperation({}, oauth("https://a.test/token", ["read"])),
    apiWithOperation({}, oauth("https://a.test/token", ["read", "write"])),
  ],
  [
    "security-tightened",
    "breaking",
    "security-relaxed",
    apiWithOperation({}, keyed([])),
    apiWithOperation({}, keyed([{ key: [] }])),
  ],
  [
    "security-relaxed",
    "additive",
    "security-tightened",
    apiWithOperation({}, keyed([{ key: [] }])),
    apiWithOperation({}, keyed([{ key: [] }, { token: [] }])),
  ],
];

function withPathParameter(name: string): JsonObject {
  const parameters = [{ name, in: "path", required: true, schema: { type: "string" } }];
  return apiWithPaths({ [`/things/{${name}}`]: { get: { parameters, responses: {} } } });
}

const whole = operations.map(([rule, level, back, from, to]): Row => [
  rule,
  level,
  back,
  apiWithOperation(from),
  apiWithOperation(to),
]);

export const operationCases: OperationCase[] = [...whole, ...documents].map(
  ([rule, level, back, from, to]) => ({ rule, level, back, from, to }),
);
