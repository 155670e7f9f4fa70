import { shownAddress } from "../lib/shown-address.js";
import {
  acceptancesBeside,
  applyAcceptances,
  readAcceptances,
  type Acceptance,
  type AcceptedFinding,
} from "./acceptances.js";
import type { ApiDocument } from "./api-document.js";
import { compareDocuments } from "./compare/compare-documents.js";
import { findingsOf, type Finding } from "./findings.js";
import { loadPublished, readSpec, type LoadOptions, type PublishedSpec } from "./load-published.js";
import { levels, type Level } from "./rules.js";

export interface DriftOptions extends LoadOptions {
  /** Our OpenAPI document: a file. */
  base: string;
  /** Theirs: the address of an OpenAPI document or of a docs index, or a file or a folder. */
  published: string;
  /** The findings that are accepted. @default `drift-accept.yaml` beside the base, or here */
  accept?: string | undefined;
}

/** What differs between our spec and the published one. */
export interface Drift {
  base: string;
  /** Where theirs is, as it may be shown. */
  published: string;
  /** What nobody accepted yet, worst first. */
  findings: Finding[];
  accepted: AcceptedFinding[];
  /** Acceptances of what is no longer there. */
  stale: Acceptance[];
}

/**
 * Compares our spec with the published one and says what each difference means for programs that
 * were built with ours.
 *
 * @throws {InputError} if either cannot be read whole. A failure is never "no drift".
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

/** From which level on findings count as drift. */
export type FailOn = Level | "none";

export function isDrift(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === "none") return false;
  return findings.some(({ level }) => levels.indexOf(level) <= levels.indexOf(failOn));
}
