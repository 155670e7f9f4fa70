import { basename, join } from "node:path";
import { access } from "node:fs/promises";
import { InputError } from "../lib/input-error.js";
import { isObject } from "../../src/openapi/json.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { locate } from "../lib/locate.js";
import { parseDocument } from "../lib/parse-document.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";

/**
 * Reads which fragments of a folder were transcribed by hand: `sources.yaml` beside the folder
 * says it. Where there is no such file, none were.
 *
 * @throws {InputError} when the file is there but cannot be understood.
 */
export async function readTranscribed(folder: string) {
  const file = join(folder, "..", "sources.yaml");
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  const names = exists ? transcribedNames(await readSourceText(file)) : new Set<string>();
  return ({ file: fragment }: SourceText) => names.has(basename(fragment));
}

function transcribedNames(source: SourceText): Set<string> {
  const document = parseDocument(source);
  const fragments = isObject(document) ? document["fragments"] : undefined;
  if (!isObject(fragments)) {
    throw InputError.at(source.file, { line: 1, column: 1 }, "has no fragments");
  }
  const names = Object.entries(fragments).filter(([name, entry]) => {
    const kind = isObject(entry) ? entry["kind"] : undefined;
    if (kind === "verbatim" || kind === "transcribed") return kind === "transcribed";
    const place = locate(source, toPointer(["fragments", name, "kind"]));
    throw InputError.at(source.file, place, `${name} has no kind: verbatim or transcribed`);
  });
  return new Set(names.map(([name]) => name));
}
