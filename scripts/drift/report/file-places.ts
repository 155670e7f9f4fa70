import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import type { Position } from "../../lib/input-error.js";
import { isObject, objectAt } from "../../../src/openapi/json.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { createLocator } from "../../lib/locate.js";
import { parseDocument } from "../../lib/parse-document.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";
import type { Finding } from "../findings.js";

/** A place in a file of ours. */
export interface FilePlace extends Position {
  file: string;
}

/**
 * Finds the line that each finding is about: in the fragment of an operation that it reaches, from
 * the `fragments` folder beside our document, or else in our document itself.
 */
export async function findPlaces(
  base: string,
  findings: readonly Finding[],
): Promise<Map<Finding, FilePlace>> {
  const locate = createLocator();
  const fragments = await readFragments(join(dirname(base), "fragments"));
  const whole = await readSourceText(base);
  const places = new Map<Finding, FilePlace>();
  for (const finding of findings) {
    const operations = finding.reaches.map(({ operation }) => operation).sort();
    const holder = operations
      .map((operation) => fragments.get(operation))
      .find((fragment) => fragment && holds(fragment.document, finding.base.pointer));
    const source = holder?.source ?? whole;
    places.set(finding, { file: source.file, ...locate(source, finding.base.pointer) });
  }
  return places;
}

interface Fragment {
  source: SourceText;
  document: unknown;
}

/** Whether a document has the operation, or the component, that a pointer leads into. */
function holds(document: unknown, pointer: string): boolean {
  return valueAt(document, toPointer(fromPointer(pointer).slice(0, 3))) !== undefined;
}

/** The fragments of a folder by the operations that they hold: `GET /v2/pikzonality/{id}`. */
async function readFragments(folder: string): Promise<Map<string, Fragment>> {
  const fragments = new Map<string, Fragment>();
  const files = await readdir(folder).catch(() => []); // A document that stands alone has none.
  for (const file of files.filter((name) => /\.(ya?ml|json)$/.test(name)).sort()) {
    const source = await readSourceText(join(folder, file));
    const document = parseDocument(source);
    for (const operation of operationsIn(document)) fragments.set(operation, { source, document });
  }
  return fragments;
}

function operationsIn(document: unknown): string[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, pathItem]) =>
    HTTP_METHODS.filter((method) => isObject(pathItem) && method in pathItem).map(
      (method) => `${method.toUpperCase()} ${path}`,
    ),
  );
}
