import type { JsonObject } from "../../src/openapi/json.js";
import { targetOf } from "../../src/openapi/schema-identifiers.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { walkReferences, type ReferenceUse } from "../../src/openapi/walk.js";
import type { Problem } from "./problem.js";

/** The references of a document that lead out of it or nowhere. */
export function referenceProblems(document: JsonObject): Problem[] {
  const problems: Problem[] = [];
  const resolved = new Set<unknown>();
  walkReferences(document, (use) => {
    const key = `${use.keyword} ${String(use.reference)}`;
    if (resolved.has(key)) return;
    const message = problemWith(use, document);
    if (message === undefined) resolved.add(key);
    else problems.push({ path: use.path, message });
  });
  return problems;
}

function problemWith(
  { reference, path, keyword }: ReferenceUse,
  document: JsonObject,
): string | undefined {
  const from = toPointer(path.slice(0, -1));
  if (typeof reference !== "string") return `${keyword} is not a string`;
  if (targetOf(document, reference, from) !== undefined) return undefined;
  if (keyword === "mapping") {
    return isSchemaName(reference, document) ? undefined : `mapping leads nowhere: ${reference}`;
  }
  if (!reference.startsWith("#")) {
    return `${keyword} leads out of the document: ${reference}. Put what it names under components`;
  }
  if (/^#[^/]/.test(reference)) {
    return `${keyword} leads nowhere: ${reference}. A component is written #/components/schemas/Name`;
  }
  return `${keyword} leads nowhere: ${reference}`;
}

/** A mapping may also contain the bare name of a component schema (Discriminator Object). */
function isSchemaName(reference: string, document: JsonObject): boolean {
  const pointer = toPointer(["components", "schemas", reference]);
  return targetOf(document, `#${encodeURI(pointer)}`) !== undefined;
}
