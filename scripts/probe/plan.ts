import { randomUUID } from "node:crypto";
import { readOperations, type Operation } from "../../src/emulator/document/operations.js";
import { sampleSchema } from "../../src/emulator/document/sample.js";
import { findRoles, isCreatable } from "../../src/emulator/document/resources.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { bodyClaims, spoil, spoiledFields } from "./body-claims.js";
import { cannotBeBilled } from "./guard.js";
import type { Probe } from "./probe.js";
import { bodyFactsOf, type BodyFacts } from "./request-body.js";

/**
 * Every question about a document that can be asked without being billed, one operation after
 * another.
 */
export function planProbes(document: JsonObject): Probe[] {
  const operations = readOperations(document);
  const roles = findRoles(document, operations);
  const probes = operations.flatMap((operation) => {
    const facts = bodyFactsOf(document, operations, operation);
    const parameters = {
      query: requiredParameters(document, operation, "query"),
      header: requiredParameters(document, operation, "header"),
    };
    const ask: Ask = (probe) => ({
      operation,
      path: filledPath(operation),
      parameters,
      ...probe,
    });
    // A list is refused if an object is expected; forms are skipped.
    const takesJson = operation.body?.content.some(({ name }) => name === "application/json");
    const wrongBody = takesJson ? [] : undefined;
    const needsKey = operation.security.some((credentials) => credentials.length > 0);
    const role = roles.get(operation) ?? { does: "work" };
    const isAboutItem =
      operation.method !== "PUT" && ["read", "update", "delete"].includes(role.does);
    return [
      ...(needsKey ? keyProbes(ask, wrongBody) : []),
      ...(isAboutItem && "type" in role && isCreatable(role.type, roles)
        ? [
            ask({
              fact: "an unknown id is not found",
              key: "own",
              body: facts?.base,
              expects: { kind: "status", status: 404, code: "NOT_FOUND" },
            }),
          ]
        : []),
      ...(operation.body?.required === true && takesJson
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
  return probes.filter((probe) => cannotBeBilled(document, probe));
}

type Ask = (probe: Omit<Probe, "operation" | "path" | "parameters">) => Probe;

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
 * The questions about a body. A body that the service would accept if the document were wrong names
 * an image or a resource that does not exist. If that is not possible, it is made wrong in a second
 * way.
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

/** A valid value of each required parameter, so that only the body of a request is wrong. */
function requiredParameters(
  document: JsonObject,
  { parameters }: Operation,
  place: "query" | "header",
): Record<string, string> {
  const required = parameters.filter((one) => one.in === place && one.required);
  return Object.fromEntries(
    required.map(({ name, pointer }) => {
      const value = sampleSchema(document, pointer, { seed: "probe", direction: "request" });
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

/** The ids are made up, so they name nothing. */
function filledPath({ path, parameters }: Operation): string {
  return path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    return ["integer", "number"].includes(String(parameter?.schema["type"]))
      ? "2147483647"
      : randomUUID();
  });
}
