import type { SecurityScheme } from "./security.js";

/** What the client must know about the API as a whole. */
export interface ApiFacts {
  baseUrl: string | undefined;
  security: SecurityScheme | undefined;
  promptPattern: string | undefined;
  errorPath: string[] | undefined;
}

const DECLARATIONS = `
/** The request header that carries the API key. */
export interface SecurityScheme {
  /** The header's name in lower case: \`x-api-key\`. */
  readonly name: string;
  /** What stands before the key in it: \`Bearer \`. */
  readonly prefix?: string;
}

/** What the client must know of the API as a whole. */
export interface ApiFacts {
  /** The address that every path is appended to; left out if the document names none. */
  readonly baseUrl?: string;
  /** How a request is authenticated, unless its operation says otherwise. */
  readonly security?: SecurityScheme;
  /** A regular expression that prompts match; left out if any text is one. */
  readonly promptPattern?: string;
  /** The keys that lead from the body of a failure to its code; left out for \`error\`. */
  readonly errorPath?: readonly string[];
}
`;

/** Writes `api.ts`: the address of the API, and how the client authenticates. */
export function apiFile(facts: ApiFacts): string {
  return `${DECLARATIONS}
/** What the document says of the API as a whole. */
export const api: ApiFacts = ${JSON.stringify(facts)};
`;
}
