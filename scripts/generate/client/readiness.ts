import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isCompleted, lifecycleOf } from "../../../src/openapi/lifecycle.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import type { DocumentOperation } from "../../../src/openapi/operations.js";
import { propertySchemas } from "../../../src/emulator/document/property-schemas.js";
import type { Operation } from "../operation-list.js";
import { successResponses } from "./media-types.js";
import { capitalized } from "./method-names.js";

/** What `waitUntilReady` needs to know about the operation that it polls. */
export interface Readiness {
  /** The field of the answer that says how far it is. */
  status: string;
  /** Its value after success. */
  completed: string;
  /** Its values after a failure. */
  failed: string[];
  /** The fields of the answer that are null until it is completed. */
  fields: string[];
}

/**
 * Recognizes an operation that reads one resource by id and whose status ends as completed or
 * failed, in whatever words.
 *
 * @returns `undefined` for every other operation.
 */
export function readinessOf(
  document: JsonObject,
  operation: DocumentOperation,
): Readiness | undefined {
  if (operation.method !== "get" || !/\{[^{}]+\}\/?$/.test(operation.path)) return undefined;
  const [response] = successResponses(document, operation);
  const type = Object.keys(response?.content ?? {}).find(isJsonType);
  if (!response || type === undefined) return undefined;
  const properties = propertySchemas(document, objectAt(response.content, type)["schema"]);
  const lifecycle = lifecycleOf(properties);
  if (!lifecycle) return undefined;
  const { property, completed, failed } = lifecycle;
  const fields = [...properties]
    .filter(([, { description }]) => isNullUntilCompleted(description))
    .map(([name]) => name);
  return { status: property, completed, failed, fields };
}

function isNullUntilCompleted(description: unknown): boolean {
  const [, status] = /\bnull until (\w+)/i.exec(String(description)) ?? [];
  return status !== undefined && isCompleted(status);
}

/**
 * Names the method that waits for what an operation reads, by operation id: `waitUntilReady` in the
 * group of the operation. If a group has several, those of the others end in their own names.
 *
 * @param methods operation id → method of the client
 */
export function waitingMethods(
  document: JsonObject,
  operations: readonly Operation[],
  methods: ReadonlyMap<string, string>,
): Map<string, string> {
  const names = operations
    .filter((operation) => readinessOf(document, operation))
    .map(({ id }) => [id, methods.get(id) ?? ""] as const)
    // What a plain `get` reads comes first.
    .sort(([, a], [, b]) => Number(b.endsWith(".get")) - Number(a.endsWith(".get")));
  const first = new Map(names.toReversed().map(([id, name]) => [groupOf(name), id]));
  return new Map(
    names.map(([id, name]) => {
      const own = name.slice(name.indexOf(".") + 1).replace(/^get(?=[A-Z])/, "");
      const suffix = first.get(groupOf(name)) === id ? "" : capitalized(own);
      return [id, `${groupOf(name)}.waitUntilReady${suffix}`];
    }),
  );
}

function groupOf(method: string): string {
  return method.replace(/\..*/, "");
}
