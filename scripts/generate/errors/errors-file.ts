import type { ErrorCatalog } from "./error-catalog.js";

const DECLARATIONS = `
/** What is known of an error code, whatever the request. */
export interface ErrorFacts {
  /** HTTP status it is answered with; \`undefined\` if that is not known. */
  readonly status?: number | undefined;
  /** What happened. */
  readonly meaning: string;
  /** What to do next. */
  readonly action: string;
  /** Whether the very same request can succeed later. */
  readonly canSucceedLater: boolean;
}
`;

/** Writes `errors.ts`: the closed union of error codes, and the catalogue. */
export function errorsFile(catalog: ErrorCatalog): string {
  const union = [...catalog.keys()].map((code) => JSON.stringify(code)).join(" | ") || "never";
  return [
    `/** Every code that the API answers an error with. */
export type ErrorCode = ${union};`,
    DECLARATIONS,
    `/** What is known of each code. */
export const errorCatalog: Readonly<Record<ErrorCode, ErrorFacts>> = ${JSON.stringify(Object.fromEntries(catalog))};`,
    `/** Every code, in the order of the document. */
export const errorCodes: readonly ErrorCode[] = Object.keys(errorCatalog) as ErrorCode[];`,
  ].join("\n\n");
}
