import type { JsonObject } from "../../../src/openapi/json.js";
import { fromPointer } from "../../../src/openapi/pointer.js";
import { serversOf, serverUrl } from "../../../src/openapi/servers.js";
import type { Problem } from "../../lib/problem.js";
import type { Operation } from "../operation-list.js";
import { unsentParameters } from "./parameters.js";
import type { DocumentSecurity } from "./security.js";

/** The parts of a document that the client cannot send, with the operation that asks for them. */
export function unsentParts(
  operations: readonly Operation[],
  { warnings }: DocumentSecurity,
): Problem[] {
  const cookies = operations.flatMap((operation) =>
    unsentParameters(operation).map(({ name }) => ({
      operation,
      message: `the client sends no cookies, so not the parameter ${String(name)}`,
    })),
  );
  return [...warnings, ...cookies].map(({ operation, message }) => ({
    path: fromPointer(operation.pointer),
    message,
  }));
}

/**
 * What would leave a client whose requests go to the wrong address, or a method whose requests are
 * all refused: a person has to decide what to do about it.
 */
export function unusableParts(
  document: JsonObject,
  operations: readonly Operation[],
  security: DocumentSecurity,
): Problem[] {
  return [
    ...withoutAuthentication(operations, security),
    ...withRequiredCookie(operations),
    ...atAnotherServer(document, operations),
  ];
}

function withoutAuthentication(
  { length }: readonly Operation[],
  { scheme, warnings }: DocumentSecurity,
): Problem[] {
  const [refused] = warnings;
  if (scheme || !refused || warnings.length < length) return [];
  const message =
    `${refused.message}, nor to any other operation; ` +
    "it can send a key in a header or a bearer token: publish such a scheme, or write another client";
  return [{ path: fromPointer(refused.operation.pointer), message }];
}

function withRequiredCookie(operations: readonly Operation[]): Problem[] {
  return operations.flatMap((operation) => {
    const cookie = unsentParameters(operation).find(({ required }) => required === true);
    if (!cookie) return [];
    const message =
      `requires the cookie ${String(cookie["name"])}, but the client sends none; ` +
      "publish it as a header, or as optional, or leave the operation out";
    return [{ path: fromPointer(operation.pointer), message }];
  });
}

function atAnotherServer(document: JsonObject, operations: readonly Operation[]): Problem[] {
  const address = serverUrl(document);
  const elsewhere = operations.flatMap((operation) => {
    const own = serverUrl({ servers: serversOf(document, operation) });
    return own === address || address === "" ? [] : [{ own, path: fromPointer(operation.pointer) }];
  });
  return elsewhere.slice(0, 1).map(({ own, path }) => {
    const others = elsewhere.length === 1 ? "" : `, and so are ${elsewhere.length - 1} others`;
    const message =
      `is at ${own}${others}, but the client sends every request, and its key, to ${address}; ` +
      "decide which is right, and publish that one alone";
    return { path, message };
  });
}
