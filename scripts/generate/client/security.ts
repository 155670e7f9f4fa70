import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { jsonEquals } from "../../../src/openapi/equality.js";
import { dereference } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";

/** The request header that carries the API key. */
export interface SecurityScheme {
  /** In lower case. */
  name: string;
  /** The text before the key in the header: `Bearer `. */
  prefix?: string;
}

/** How an operation is authenticated: by such a header, or not at all. */
type OperationSecurity = SecurityScheme | "none";

/** How the operations of a document are authenticated. */
export interface DocumentSecurity {
  /** What most operations require; omitted if none requires a key. */
  scheme?: SecurityScheme;
  /** The operations that differ, by id. */
  exceptions: Map<string, OperationSecurity>;
  /** What the client cannot send, by operation. */
  warnings: { operation: Operation; message: string }[];
}

/** Reads from a document's security schemes and requirements which header carries the key. */
export function documentSecurity(
  document: JsonObject,
  operations: readonly Operation[],
): DocumentSecurity {
  const warnings: DocumentSecurity["warnings"] = [];
  const securities = operations.map((operation) => {
    const { security, unsupported } = operationSecurity(document, operation);
    if (unsupported) {
      const message = `the client cannot authenticate with ${unsupported}, and sends no key`;
      warnings.push({ operation, message });
    }
    return [operation.id, security] as const;
  });
  const scheme = mostFrequent(securities.flatMap(([, one]) => (one === "none" ? [] : [one])));
  const exceptions = securities.filter(([, one]) => !jsonEquals(one, scheme ?? "none"));
  return { ...(scheme && { scheme }), exceptions: new Map(exceptions), warnings };
}

/** The first alternative that the client can meet. An empty one means that no key is needed. */
function operationSecurity(document: JsonObject, { security }: Operation) {
  const declared = objectAt(document, "components", "securitySchemes");
  const optional = security.some((requirement) => Object.keys(requirement).length === 0);
  const names = security.flatMap((requirement) => Object.keys(requirement));
  for (const requirement of security) {
    const schemes = Object.keys(requirement).map((name) =>
      headerScheme(dereference(document, declared[name])),
    );
    const [only] = schemes;
    if (only && schemes.length === 1) return { security: only };
  }
  const unsupported = names.length > 0 && !optional ? names.join(", ") : undefined;
  return { security: "none" as const, unsupported };
}

/**
 * An API key in a header, or a bearer token (RFC 6750); `undefined` for schemes that need more than
 * a key.
 */
function headerScheme(scheme: JsonObject): SecurityScheme | undefined {
  const { type, name, in: place } = scheme;
  if (type === "apiKey" && place === "header" && typeof name === "string") {
    return { name: name.toLowerCase() };
  }
  const isBearer =
    (type === "http" && String(scheme["scheme"]).toLowerCase() === "bearer") ||
    type === "oauth2" ||
    type === "openIdConnect";
  return isBearer ? { name: "authorization", prefix: "Bearer " } : undefined;
}

function mostFrequent(schemes: readonly SecurityScheme[]): SecurityScheme | undefined {
  const count = (one: SecurityScheme) => schemes.filter((other) => jsonEquals(one, other)).length;
  return [...schemes].sort((a, b) => count(b) - count(a))[0];
}
