import type { Located } from "../api-document.js";
import type { JsonObject } from "../../../src/openapi/json.js";
import { compareContents } from "./contents.js";
import { setting } from "./differences.js";
import { directionOf, documentsOf, type OperationPair } from "./operation.js";
import type { Operation } from "./operations.js";

export function compareRequestBodies(pair: OperationPair): void {
  const documents = documentsOf(pair);
  const about = { operation: pair.base.name, direction: directionOf(pair, "request") };
  const raw = { base: bodyOf(pair.base), revision: bodyOf(pair.revision) };
  const base = documents.base.resolveObject(raw.base);
  const revision = documents.revision.resolveObject(raw.revision);
  const hadBody = raw.base.value !== undefined;
  const hasBody = raw.revision.value !== undefined;
  if (hadBody && hasBody) {
    compareRequired(pair, base, revision);
    compareContents(pair, base, revision, "request");
    pair.found.addRest({ base, revision }, ["required", "content"], pair.base.name);
  } else if (hadBody) pair.found.add("body-removed", "request body is gone", raw, about);
  else if (hasBody) {
    const necessity = isRequired(revision) ? "required" : "optional";
    const text = `request body is new and ${necessity}`;
    pair.found.add(`body-added-${necessity}`, text, raw, about);
  }
}

function bodyOf(operation: Operation): Located {
  return setting(operation, "requestBody");
}

function isRequired({ value }: Located<JsonObject>): boolean {
  return value["required"] === true;
}

function compareRequired(
  pair: OperationPair,
  base: Located<JsonObject>,
  revision: Located<JsonObject>,
): void {
  if (isRequired(base) === isRequired(revision)) return;
  const became = isRequired(revision) ? "required" : "optional";
  pair.found.add(
    `body-became-${became}`,
    `request body became ${became}`,
    { base: setting(base, "required"), revision: setting(revision, "required") },
    { operation: pair.base.name, direction: directionOf(pair, "request") },
  );
}
