import type { IncomingMessage } from "node:http";
import { objectAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";

/** A credential that a security scheme asks for, and where a request carries it. */
export type Credential =
  { in: "header" | "query" | "cookie"; name: string } | { in: "authorization"; scheme: string };

/** The sets of credentials that security requirements name, of which one is needed. */
export function readSecurity(document: JsonObject, requirements: JsonObject[]): Credential[][] {
  return requirements.map((requirement) =>
    Object.keys(requirement).flatMap((name) => {
      const schemes = objectAt(document, "components", "securitySchemes");
      return credentialOf(dereference(document, schemes[name])) ?? [];
    }),
  );
}

/** `undefined` for a scheme that requests cannot carry, such as mutual TLS. */
function credentialOf({ type, name, scheme, ...rest }: JsonObject): Credential | undefined {
  const place = rest["in"];
  if (type === "apiKey" && typeof name === "string") {
    if (place === "header" || place === "query" || place === "cookie") return { in: place, name };
  }
  if (type === "http") return { in: "authorization", scheme: String(scheme).toLowerCase() };
  if (type === "oauth2" || type === "openIdConnect")
    return { in: "authorization", scheme: "bearer" };
  return undefined;
}

/** The credential's value in a request; an empty string if it is not there. */
export function valueOfCredential(
  credential: Credential,
  request: IncomingMessage,
  query: URLSearchParams,
): string {
  switch (credential.in) {
    case "header": {
      const value = request.headers[credential.name.toLowerCase()];
      return typeof value === "string" ? value : "";
    }
    case "query":
      return query.get(credential.name) ?? "";
    case "cookie":
      return readCookie(request.headers.cookie ?? "", credential.name) ?? "";
    case "authorization": {
      const [scheme = "", value = ""] = (request.headers.authorization ?? "").split(/\s+/, 2);
      return scheme.toLowerCase() === credential.scheme ? value : "";
    }
  }
}

/** The names of every header in which the operations of a document carry credentials. */
export function credentialHeaders(operations: readonly { security: Credential[][] }[]): string[] {
  const credentials = operations.flatMap(({ security }) => security.flat());
  return [
    ...new Set(
      credentials.flatMap((credential) => {
        if (credential.in === "authorization") return "Authorization";
        return credential.in === "header" ? credential.name : [];
      }),
    ),
  ];
}

export function readCookie(header: string, name: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
