import type { ErrorCatalog } from "./error-catalog.js";

const DECLARATIONS = `
/** What is known of an error code, whatever the request. */
export interface ErrorFacts {
  /** HTTP status it is answered with. */
  readonly status: number;
  /** What happened. */
  readonly meaning: string;
  /** What to do next. */
  readonly action: string;
  /** Whether the very same request can succeed later. */
  readonly canSucceedLater: boolean;
}
`;

/** Writes `errors.ts`: the closed union of error codes, and the catalogue. */
export function errorsFile({ codes, facts }: ErrorCatalog): string {
  const rows = codes.flatMap((code) => (facts?.[code] ? [[code, facts[code]]] : []));
  const union = codes.map((code) => JSON.stringify(code)).join(" | ") || "never";
  // Without a catalogue the type says so: every look-up may come back empty.
  const catalogType =
    facts || codes.length === 0
      ? "Readonly<Record<ErrorCode, ErrorFacts>>"
      : "Readonly<Partial<Record<ErrorCode, ErrorFacts>>>";
  const list = facts ? "Object.keys(errorCatalog) as ErrorCode[]" : JSON.stringify(codes);
  return [
    `/** Every code that the API answers an error with. */
export type ErrorCode = ${union};`,
    DECLARATIONS,
    `/** What is known of each code. */
export const errorCatalog: ${catalogType} = ${JSON.stringify(Object.fromEntries(rows))};`,
    `/** Every code, in the order of the document. */
export const errorCodes: readonly ErrorCode[] = ${list};`,
  ].join("\n\n");
}
