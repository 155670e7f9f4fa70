import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import {
  credentialHeaders,
  readSecurity,
  valueOfCredential,
} from "../../src/emulator/document/security.js";

const schemes = {
  header: { type: "apiKey", in: "header", name: "X-Key" },
  query: { type: "apiKey", in: "query", name: "key" },
  cookie: { type: "apiKey", in: "cookie", name: "session" },
  bearer: { type: "http", scheme: "Bearer" },
  basic: { type: "http", scheme: "basic" },
  oauth: { type: "oauth2", flows: {} },
  connect: { type: "openIdConnect", openIdConnectUrl: "https://example.com" },
  linked: { $ref: "#/components/securitySchemes/header" },
  nowhere: { type: "apiKey", in: "body", name: "key" },
  tls: { type: "mutualTLS" },
};
const document = { components: { securitySchemes: schemes } };

/** The credential that a request presents for one security scheme. */
function presented(scheme: string, headers: Record<string, unknown>, query = "") {
  const [credentials = []] = readSecurity(document, [{ [scheme]: [] }]);
  const request = { headers } as unknown as IncomingMessage;
  return credentials.map((one) => valueOfCredential(one, request, new URLSearchParams(query)));
}

describe("the emulator finds a credential where the security scheme puts it", () => {
  test.each([
    ["header", { "x-key": "a" }, "", "a"],
    ["linked", { "x-key": "a" }, "", "a"],
    ["query", {}, "key=a", "a"],
    ["cookie", { cookie: "other=b; session=a" }, "", "a"],
    ["cookie", { cookie: "session=YQ==" }, "", "YQ=="],
    ["bearer", { authorization: "bearer a" }, "", "a"],
    ["basic", { authorization: "Basic a" }, "", "a"],
    ["oauth", { authorization: "Bearer a" }, "", "a"],
    ["connect", { authorization: "Bearer a" }, "", "a"],
  ])("%s: %j %s", (scheme, headers, query, expected) => {
    expect(presented(scheme, headers, query)).toEqual([expected]);
  });

  test("and only there", () => {
    for (const scheme of ["header", "query", "cookie", "bearer", "basic", "oauth"]) {
      expect(presented(scheme, {})).toEqual([""]);
    }
    expect(presented("bearer", { authorization: "Basic a" })).toEqual([""]);
    expect(presented("header", { "x-key": ["a", "b"] })).toEqual([""]);
    expect(presented("cookie", { cookie: "my-session=a" })).toEqual([""]);
  });

  test("and requires none that a request cannot carry", () => {
    expect(readSecurity(document, [{ tls: [] }, { nowhere: [] }, { unknown: [] }])).toEqual([
      [],
      [],
      [],
    ]);
  });

  test("and names the headers that carry credentials, each once", () => {
    const security = readSecurity(document, [
      { header: [], bearer: [] },
      { linked: [] },
      { oauth: [] },
      { query: [], cookie: [] },
    ]);
    expect(credentialHeaders([{ security }, { security }])).toEqual(["X-Key", "Authorization"]);
  });
});
