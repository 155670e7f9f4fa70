import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { CALL_TEXT } from "./bodies-and-answers.js";
import type { EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";

const SCORE = "POST /v2/thumbnail/score";

/** Records a call's address and headers, without a server. */
export const SENT = `
let sent: Request | undefined;
const spy = client.createPikzels({
  apiKey: "pkz_evolution_0123456789",
  fetch: async (input, init) => {
    sent = new Request(input as string, init as RequestInit);
    return Response.json({ output: "https://cdn.pikzels.com/a.png", request_id: "1" });
  },
});
await spy.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9" });
assert(sent);`;

function secure({ root }: EvolvingDocument, schemes: JsonObject, security: JsonObject[]): void {
  const components = objectAt(root, "components");
  root["components"] = { ...components, securitySchemes: schemes };
  root["security"] = security;
  for (const item of Object.values(objectAt(root, "paths"))) {
    for (const operation of Object.values(isObject(item) ? item : {})) {
      if (isObject(operation)) Reflect.deleteProperty(operation, "security");
    }
  }
}

const BEARER = { type: "http", scheme: "bearer" };
const API_KEY = { type: "apiKey", in: "header", name: "X-Api-Key" };

/** Where the service is, and how a call authenticates. */
export const access: Evolution[] = [
  {
    name: "the base path moves into the server",
    change: (document) => {
      const paths = document.paths();
      for (const [path, item] of Object.entries(paths)) {
        if (!path.startsWith("/v2/")) continue;
        Reflect.deleteProperty(paths, path);
        paths[path.slice("/v2".length)] = item;
      }
      document.root["servers"] = [{ url: "https://api.pikzels.com/v2" }];
    },
    program: `${SENT}
assert(sent.url === "https://api.pikzels.com/v2/thumbnail/text");`,
  },
  {
    name: "the host moves",
    change: ({ root }) => {
      root["servers"] = [{ url: "https://api.pikzels.example" }];
    },
    program: `${SENT}
assert(new URL(sent.url).host === "api.pikzels.example");`,
  },
  {
    name: "a second server is listed",
    change: ({ root }) => {
      root["servers"] = [...(root["servers"] as unknown[]), { url: "https://eu.pikzels.example" }];
    },
    program: `${SENT}
assert(new URL(sent.url).host === "api.pikzels.com");`,
  },
  {
    name: "a bearer token replaces the key",
    change: (document) => {
      secure(document, { bearer: BEARER }, [{ bearer: [] }]);
    },
    program: `${SENT}
assert(sent.headers.get("authorization") === "Bearer pkz_evolution_0123456789");
${CALL_TEXT}`,
  },
  {
    name: "a bearer token is taken beside the key",
    change: (document) => {
      secure(document, { key: API_KEY, bearer: BEARER }, [{ key: [] }, { bearer: [] }]);
    },
    program: `${SENT}
assert(sent.headers.get("x-api-key") === "pkz_evolution_0123456789");
${CALL_TEXT}`,
  },
  {
    name: "an operation has a server of its own",
    change: (document) => {
      document.operation(SCORE)["servers"] = [{ url: "https://score.pikzels.example" }];
    },
    program: CALL_TEXT,
    stops: {
      "openapi.json": /is at https:\/\/score\.pikzels\.example, but/,
      pages: /is at https:\/\/score\.pikzels\.example, but/,
    },
  },
  {
    name: "the key moves to the query",
    change: (document) => {
      secure(document, { key: { type: "apiKey", in: "query", name: "key" } }, [{ key: [] }]);
    },
    program: CALL_TEXT,
    stops: {
      "openapi.json": /cannot authenticate with key/,
      pages: /cannot authenticate with key/,
    },
  },
];
