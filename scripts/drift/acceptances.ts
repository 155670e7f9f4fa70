import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../lib/input-error.js";
import { isObject } from "../../src/openapi/json.js";
import { locate } from "../lib/locate.js";
import { parseDocument } from "../lib/parse-document.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";
import type { Finding } from "./findings.js";
import { rules } from "./rules.js";

/** A finding that somebody has reviewed and decided to accept. */
export interface Acceptance {
  /** The finding's id, or its location and rule instead. */
  id?: string;
  pointer?: string;
  rule?: string;
  reason: string;
  /** The date of the decision: `2026-11-22`. */
  date: string;
}

export interface AcceptedFinding {
  finding: Finding;
  acceptance: Acceptance;
}

const ACCEPTANCES = "drift-accept.yaml";

/**
 * Reads the acceptances from `drift-accept.yaml` next to a document, or else in the working
 * directory, because the document may belong to an installed package. Without a file nothing is
 * accepted.
 */
export async function acceptancesBeside(document: string): Promise<Acceptance[]> {
  const candidates = [dirname(document), "."].map((folder) => join(folder, ACCEPTANCES));
  const file = candidates.find((candidate) => existsSync(candidate));
  return file === undefined ? [] : await readAcceptances(file);
}

/**
 * Reads a file of acceptances.
 *
 * @throws {InputError} if it cannot be read, or an entry does not say what it accepts, why, or
 * since when.
 */
export async function readAcceptances(file: string): Promise<Acceptance[]> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  const entries = isObject(document) ? (document["accepted"] ?? []) : undefined;
  if (!Array.isArray(entries))
    throw InputError.at(file, locate(source, "/accepted"), "has no list under accepted");
  return entries.map((entry, index) => toAcceptance(entry, source, index));
}

function toAcceptance(entry: unknown, source: SourceText, index: number): Acceptance {
  const fail = (problem: string) =>
    InputError.at(source.file, locate(source, `/accepted/${index}`), problem);
  const fields = isObject(entry) ? entry : {};
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  const [id, pointer, rule, reason] = [text("id"), text("pointer"), text("rule"), text("reason")];
  const date = dayOf(fields["date"]);
  if (typeof fields["id"] === "number")
    throw fail("the id needs quotes: YAML takes it for a number");
  if (id === undefined && (pointer === undefined || rule === undefined))
    throw fail("an accepted finding needs its id, or its pointer and rule");
  if (rule !== undefined && ![...rules.keys()].some((known) => known === rule))
    throw fail(`no rule is called ${rule}`);
  if (reason === undefined) throw fail("an accepted finding needs a reason");
  if (date === undefined) throw fail("an accepted finding needs a date like 2026-11-22");
  return {
    ...(id === undefined ? {} : { id }),
    ...(pointer === undefined ? {} : { pointer }),
    ...(rule === undefined ? {} : { rule }),
    reason,
    date,
  };
}

/** YAML 1.1 reads an unquoted date as a timestamp. */
function dayOf(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : value;
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
}

/** Splits the findings into open and accepted ones, and lists the entries that match none. */
export function applyAcceptances(findings: Finding[], acceptances: Acceptance[]) {
  const open: Finding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of findings) {
    const acceptance = acceptances.find((entry) => matches(entry, finding));
    if (acceptance) accepted.push({ finding, acceptance });
    else open.push(finding);
  }
  const stale = acceptances.filter((entry) => !findings.some((finding) => matches(entry, finding)));
  return { open, accepted, stale };
}

function matches({ id, pointer, rule }: Acceptance, finding: Finding): boolean {
  if (id !== undefined && id !== finding.id) return false;
  if (pointer !== undefined && pointer !== finding.base.pointer) return false;
  return rule === undefined || rule === finding.rule;
}
