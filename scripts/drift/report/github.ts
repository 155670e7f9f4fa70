import { readdir } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { isObject, objectAt } from "../../../src/openapi/json.js";
import { operationsOf } from "../../../src/openapi/operations.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import type { Position } from "../../lib/input-error.js";
import { createLocator, locate as locatePointer } from "../../lib/locate.js";
import { parseDocument } from "../../lib/parse-document.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";
import type { Drift } from "../index.js";
import type { Finding } from "../findings.js";
import type { Level } from "../rules.js";
import { acceptedInWords, directionsOf, onOneLine, placeInWords } from "./summary.js";

const COMMANDS: Record<Level, string> = { breaking: "error", additive: "warning", docs: "notice" };

/**
 * The report as GitHub annotations, each on the relevant line of a fragment.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export async function githubReport(drift: Drift): Promise<string> {
  const places = await findPlaces(drift.base, drift.findings);
  const lines = drift.findings.map((finding) => annotation(finding, places.get(finding)));
  for (const entry of drift.stale) {
    const message = `${acceptedInWords(entry)} is no longer found: ${entry.reason}`;
    lines.push(`::warning title=Stale acceptance::${data(message)}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(finding: Finding, at: FilePlace | undefined): string {
  const { id, level, rule, text, why, base, reaches } = finding;
  const settings = {
    ...(at ? { file: inRepository(at.file), line: at.line, col: at.column } : {}),
    title: `${level} API drift: ${rule} ${id}`,
  };
  const properties = Object.entries(settings).map(([name, value]) => `${name}=${property(value)}`);
  const operations = [...new Set(reaches.map(({ operation }) => operation))];
  const [first = "the document", ...others] = operations;
  const reach = others.length > 0 ? `${first} and ${others.length} more` : first;
  const where = [reach, directionsOf(reaches), placeInWords(base.pointer)].filter(Boolean);
  const message = `${where.join(", ")}: ${text} (${why})`;
  return `::${COMMANDS[level]} ${properties.join(",")}::${data(message)}`;
}

/**
 * A file path as GitHub expects it: relative to the root of the repository that a workflow has
 * checked out.
 */
function inRepository(file: string): string {
  const { GITHUB_WORKSPACE: root } = process.env;
  const path = root ? relative(root, resolve(file)) : file;
  return (isAbsolute(path) || path.startsWith("..") ? file : path).replaceAll("\\", "/");
}

/** The runner reads commands line by line: published text must not start one. */
function data(text: string): string {
  return onOneLine(text).replaceAll("%", "%25");
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** A position in one of our files. */
interface FilePlace extends Position {
  file: string;
}

/**
 * Finds the line for each finding: in the fragment of an operation that it reaches, from the
 * `fragments` folder next to our document, or else in our document itself.
 */
async function findPlaces(
  base: string,
  findings: readonly Finding[],
): Promise<Map<Finding, FilePlace>> {
  const locate = createLocator();
  const dependency = await findDependency(base);
  const fragments = await readFragments(join(dirname(base), "fragments"));
  const whole = await readSourceText(base);
  const places = new Map<Finding, FilePlace>();
  for (const finding of findings) {
    const operations = finding.reaches.map(({ operation }) => operation).sort();
    const holder = operations
      .map((operation) => fragments.get(operation))
      .find((fragment) => fragment && holds(fragment.document, finding.base.pointer));
    const source = holder?.source ?? whole;
    const inSpec = () => ({ file: source.file, ...locate(source, finding.base.pointer) });
    places.set(finding, dependency ?? inSpec());
  }
  return places;
}

/**
 * For a spec from an installed package, the line of the project's package.json that requires the
 * package: files in node_modules are not part of the project.
 */
async function findDependency(base: string): Promise<FilePlace | undefined> {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(resolve(base)) ?? [];
  if (name === undefined) return undefined;
  const file = "package.json";
  const source = await readSourceText(file).catch(() => undefined);
  const field = ["dependencies", "devDependencies", "optionalDependencies"].find(
    (candidate) => source && name in objectAt(parseDocument(source), candidate),
  );
  if (!source || !field) return { file, line: 1, column: 1 };
  return { file, ...locatePointer(source, toPointer([field, name])) };
}

interface Fragment {
  source: SourceText;
  document: unknown;
}

/** Whether a document has the operation or component that a pointer leads into. */
function holds(document: unknown, pointer: string): boolean {
  return valueAt(document, toPointer(fromPointer(pointer).slice(0, 3))) !== undefined;
}

/** The fragments of a folder by the operations that they hold: `GET /v2/pikzonality/{id}`. */
async function readFragments(folder: string): Promise<Map<string, Fragment>> {
  const fragments = new Map<string, Fragment>();
  const files = await readdir(folder).catch(() => []); // There may be no fragments.
  for (const file of files.filter((name) => /\.(ya?ml|json)$/.test(name)).sort()) {
    const source = await readSourceText(join(folder, file));
    const document = parseDocument(source);
    if (!isObject(document)) continue;
    for (const { method, path } of operationsOf(document))
      fragments.set(`${method.toUpperCase()} ${path}`, { source, document });
  }
  return fragments;
}
