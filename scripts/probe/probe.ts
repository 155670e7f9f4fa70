import type { Operation } from "../../src/emulator/document/operations.js";

/** A request that cannot be billed, and the fact that its answer tests. */
export interface Probe {
  operation: Operation;
  /** `prompt: at most 3000 characters`. */
  fact: string;
  /** The path with every parameter filled in. */
  path: string;
  /** Valid values of the required parameters, by name. */
  parameters: Readonly<Record<"query" | "header", Readonly<Record<string, string>>>>;
  /** Which key it carries. */
  key: "own" | "none" | "malformed";
  body: unknown;
  expects: Expectation;
}

type Expectation =
  /** An answer with this status, in the published form. */
  | { kind: "status"; status: number; code?: string }
  /** A validation error whose details name one of these fields. */
  | { kind: "refused"; fields: string[] }
  /** A validation error whose details name none of these fields, but another one. */
  | { kind: "accepted"; fields: string[] }
  /** A validation error whose details name all of these fields: the service lists every error. */
  | { kind: "lists-all"; fields: string[] };
