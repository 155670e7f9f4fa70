import { randomUUID } from "node:crypto";
import { readOperations, type Operation } from "../../src/emulator/document/operations.js";
import { findRoles } from "../../src/emulator/document/resources.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { bodyClaims, spoil, spoiledFields } from "./body-claims.js";
import { bodyFactsOf, type BodyFacts } from "./request-body.js";

/** A request that cannot be billed, and the fact that its answer tells. */
export interface Probe {
  operation: Operation;
  /** `prompt: at most 3000 characters`. */
  fact: string;
  /** The path with every parameter filled in. */
  path: string;
  /** Which key it carries. */
  key: "own" | "none" | "malformed";
  body: unknown;
  expects: Expectation;
}

export type Expectation =
  /** An answer of this status, in the published form. */
  | { kind: "status"; status: number; code?: string }
  /** A validation error whose details name one of these fields. */
  | { kind: "refused"; fields: string[] }
  /** A validation error whose details name none of these fields, though another. */
  | { kind: "accepted"; fields: string[] }
  /** A validation error whose details name all of these fields: the service lists every error. */
  | { kind: "lists-all"; fields: string[] };

/** Every question to ask the service about a document, an operation after the other. */
export function planProbes(document: JsonObject): Probe[] {
  const operations = readOperations(document);
  const roles = findRoles(document, operations);
  return operations.flatMap((operation) => {
    const facts = bodyFactsOf(document, operations, operation);
    const ask = (probe: Omit<Probe, "operation" | "path">): Probe => ({
      operation,
      path: filledPath(operation),
      ...probe,
    });
    const wrongBody = operation.body ? [] : undefined;
    const needsKey = operation.security.some((credentials) => credentials.length > 0);
    const isAboutItem =
      operation.method !== "PUT" &&
      ["read", "update", "delete"].includes(roles.get(operation)?.does ?? "");
    return [
      ...(needsKey ? keyProbes(ask, wrongBody) : []),
      ...(isAboutItem
        ? [
            ask({
              fact: "an unknown id is not found",
              key: "own",
              body: facts?.base,
              expects: { kind: "status", status: 404, code: "NOT_FOUND" },
            }),
          ]
        : []),
      ...(operation.body?.required === true
        ? [
            ask({
              fact: "the body is an object",
              key: "own",
              body: [],
              expects: { kind: "refused", fields: [] },
            }),
          ]
        : []),
      ...(facts ? bodyProbes(facts, ask, isAboutItem) : []),
    ];
  });
}

type Ask = (probe: Omit<Probe, "operation" | "path">) => Probe;

function keyProbes(ask: Ask, body: unknown): Probe[] {
  const status = { kind: "status", status: 401 } as const;
  return [
    ask({
      fact: "needs a key",
      key: "none",
      body,
      expects: { ...status, code: "MISSING_API_KEY" },
    }),
    ask({
      fact: "refuses a malformed key",
      key: "malformed",
      body,
      expects: { ...status, code: "INVALID_API_KEY_FORMAT" },
    }),
  ];
}

/**
 * The questions about a body. A body that would be carried out if the document were wrong names an
 * image or a resource that is not there; one that cannot do that is made wrong in a second way.
 */
function bodyProbes(facts: BodyFacts, ask: Ask, isAboutItem: boolean): Probe[] {
  const claims = bodyClaims(facts);
  const [first] = claims.filter(
    ({ expects, body }) => expects === "refused" && (isAboutItem || facts.isImpossible(body)),
  );
  const twice = first && spoil(first.body, facts, first.fields[0] ?? "");
  const calibration =
    first && twice
      ? [
          ask({
            fact: "lists every wrong field",
            key: "own",
            body: twice,
            expects: {
              kind: "lists-all",
              fields: [...first.fields.slice(0, 1), ...spoiledFields(twice)],
            },
          }),
        ]
      : [];
  const probes = claims.flatMap(({ fact, fields, body, expects }) => {
    const isSafe = isAboutItem || expects === "accepted" || facts.isImpossible(body);
    const safeBody = isSafe ? body : spoil(body, facts, fields[0] ?? "");
    return safeBody
      ? [ask({ fact, key: "own", body: safeBody, expects: { kind: expects, fields } })]
      : [];
  });
  return [...calibration, ...probes];
}

/** Ids are made up, so that they name nothing. */
function filledPath({ path, basePaths, parameters }: Operation): string {
  const filled = path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    return ["integer", "number"].includes(String(parameter?.schema["type"]))
      ? "2147483647"
      : randomUUID();
  });
  return (basePaths[0] ?? "") + filled;
}
