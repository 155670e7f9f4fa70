import { stat } from "node:fs/promises";
import { InputError } from "../lib/input-error.js";
import { parseDocument } from "../lib/parse-document.js";
import { shownAddress } from "../lib/shown-address.js";
import { readSourceText } from "../lib/source-text.js";
import { mergeFragments } from "../merge/index.js";
import { fetchText, pullPages, type PullResult } from "../pull/index.js";
import {
  type Acceptance,
  acceptancesBeside,
  type AcceptedFinding,
  applyAcceptances,
  readAcceptances,
} from "./acceptances.js";
import { ApiDocument } from "./api-document.js";
import { compareDocuments } from "./compare/compare-documents.js";
import { type Finding, findingsOf } from "./findings.js";
import { type Level, levels } from "./rules.js";

export interface DriftOptions extends LoadOptions {
  /** Our OpenAPI document, a file. */
  base: string;
  /**
   * The published one: the address of an OpenAPI document or of a docs index, or a file or folder.
   */
  published: string;
  /** The file of accepted findings. @default `drift-accept.yaml` next to the base, or here */
  accept?: string | undefined;
}

/** The differences between our spec and the published one. */
export interface Drift {
  base: string;
  /** The location of the published spec, safe to show. */
  published: string;
  /** Findings that nobody has accepted yet, worst first. */
  findings: Finding[];
  accepted: AcceptedFinding[];
  /** Acceptances of findings that no longer exist. */
  stale: Acceptance[];
}

/**
 * Compares our spec with the published one and says what each difference means for programs that
 * were built with ours.
 *
 * @throws {InputError} if either cannot be read completely. A failure is never "no drift".
 * @example
 * const published = "https://docs.pikzels.com/openapi.json";
 * const { findings } = await findDrift({ base: "spec/openapi.yaml", published });
 */
export async function findDrift(options: DriftOptions): Promise<Drift & PublishedSpec> {
  const { base, published, accept } = options;
  const [ours, acceptances] = await Promise.all([
    readSpec(base),
    accept === undefined ? acceptancesBeside(base) : readAcceptances(accept),
  ]);
  const theirs = await loadPublished(published, options);
  const { open, accepted, stale } = applyAcceptances(
    findingsBetween(ours, theirs.document),
    acceptances,
  );
  const shown = shownAddress(published);
  return { base, published: shown, findings: open, accepted, stale, ...theirs };
}

/** What each difference between two documents means for programs built with the first. */
export function findingsBetween(base: ApiDocument, revision: ApiDocument): Finding[] {
  return findingsOf(compareDocuments(base, revision));
}

/** The level from which findings count as drift. */
export type FailOn = Level | "none";

export function isDrift(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === "none") return false;
  return findings.some(({ level }) => levels.indexOf(level) <= levels.indexOf(failOn));
}

export interface LoadOptions {
  /** Which document to take if the pages of an index belong to several: `/v2.json`. */
  document?: string | undefined;
  fetch?: typeof fetch;
  /** Milliseconds within which a document, or a page of an index, must arrive. @default 30000 */
  timeoutMs?: number;
  /** The maximum size of a document in bytes. @default 50000000 */
  maxBytes?: number;
}

/** The published spec, and the fragments it was merged from if it came from docs pages. */
export interface PublishedSpec {
  document: ApiDocument;
  pulled?: PullResult;
}

const LIMITS = { timeoutMs: 30_000, maxBytes: 50_000_000 };

/**
 * Loads the published spec: an OpenAPI document from an address or a file, or a docs index (an
 * `llms.txt`, or a folder of pages), whose fragments are pulled and merged.
 *
 * @throws {InputError} if any of it is missing. An incomplete spec would look like drift.
 */
export async function loadPublished(
  location: string,
  options: LoadOptions = {},
): Promise<PublishedSpec> {
  if (await isIndex(location)) return await pullSpec(location, options);
  if (!isAddress(location)) return { document: await readSpec(location) };
  const { text } = await fetchText(addressOf(location), {
    ...LIMITS,
    ...options,
    expected: "an OpenAPI document",
    accept: "application/json, application/yaml, text/yaml;q=0.9, */*;q=0.1",
  });
  const file = shownAddress(location);
  const parsed = parseDocument({ file, text, lineOffset: 0 });
  return { document: new ApiDocument(parsed, file) };
}

function isAddress(location: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(location);
}

function addressOf(location: string): URL {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (!url) throw new InputError(`${shownAddress(location)}: is not an address`);
  if (url.username || url.password)
    throw new InputError(`${url.host}: the address carries credentials, which drift does not send`);
  return url;
}

async function isIndex(location: string): Promise<boolean> {
  if (isAddress(location)) return /\.(txt|md)$/i.test(addressOf(location).pathname);
  if (/\.(txt|md)$/i.test(location)) return true;
  return await stat(location).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

async function pullSpec(index: string, options: LoadOptions): Promise<PublishedSpec> {
  const { timeoutMs = LIMITS.timeoutMs, fetch, document: chosen } = options;
  const command = `npm run drift -- --published ${index}`;
  const pulled = await pullPages({
    index,
    timeoutMs,
    command,
    document: chosen,
    ...(fetch ? { fetch } : {}),
  });
  if (pulled.problems.length > 0) throw new InputError(pulled.problems.join("\n"));
  if (pulled.fragments.length === 0)
    throw new InputError(`${shownAddress(index)}: none of its pages carries an OpenAPI fragment`);
  const { document } = mergeFragments(pulled.fragments.map(({ source }) => source));
  return { document: new ApiDocument(document, shownAddress(index)), pulled };
}

/**
 * Reads an OpenAPI document from a file.
 *
 * @throws {InputError} if it cannot be read or is not one.
 */
export async function readSpec(file: string): Promise<ApiDocument> {
  return new ApiDocument(parseDocument(await readSourceText(file)), file);
}

export { rules, type Rule } from "./rules.js";
