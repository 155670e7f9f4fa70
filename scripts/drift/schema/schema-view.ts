import type { Located } from "../api-document.js";
import type { AlternativeGroup } from "./alternatives.js";
import type { Limit, LimitName } from "./limits.js";

/** Schemas that must all hold for one value; most often there is just one. */
export type Schemas = readonly Located[];

/**
 * What a schema demands, however it is written: references followed, `allOf` merged, `null` and
 * single-alternative wrappers taken out, bounds and constants in one form.
 */
export interface SchemaView {
  /** Where it stands, for reports. */
  pointer: string;
  /** The allowed types other than null; none named means any type. */
  types: ReadonlySet<string> | undefined;
  nullable: boolean;
  format: string | undefined;
  /** Every pattern that has to match, sorted. */
  patterns: readonly string[];
  /** The allowed values other than null. */
  values: readonly unknown[] | undefined;
  limits: ReadonlyMap<LimitName, Limit>;
  multipleOf: number | undefined;
  uniqueItems: boolean;
  required: ReadonlySet<string>;
  properties: ReadonlyMap<string, Schemas>;
  /** What other properties have to be; `closed` refuses them. */
  additional: Schemas | "closed" | undefined;
  items: Schemas | undefined;
  groups: readonly AlternativeGroup[];
  not: readonly Located[];
  readOnly: boolean;
  writeOnly: boolean;
  deprecated: boolean;
  default: unknown;
  /** Keywords that have no place above, with every value that applies. */
  others: ReadonlyMap<string, readonly Located[]>;
  /** Words for the reader. */
  docs: ReadonlyMap<string, unknown>;
  /** The same without its alternatives, to be joined with one of them. */
  withoutGroups: Schemas;
}
