import { isObject, type JsonObject } from "../../../src/openapi/json.js";

const DECLARATIONS = `
/** Words of the service, and how sure they are. */
export interface Wording {
  readonly text: string;
  readonly confidence: string;
}

/** What the service does beyond what its document says. */
export interface Behaviour {
  readonly key: { readonly prefix: string };
  /** What \`error.message\` says, by code. */
  readonly messages: Readonly<Partial<Record<string, Wording>>>;
  /** What \`error.details\` says. */
  readonly details: {
    readonly fields: Readonly<Partial<Record<string, Wording>>>;
    readonly invalid: Wording;
    readonly bothGiven: Wording;
    readonly noneGiven: Wording;
  };
  /** Fields that values of another field exclude. */
  readonly exclusions: readonly {
    readonly fields: readonly string[];
    readonly by: string;
    readonly values: readonly string[];
    readonly code: string;
  }[];
  readonly compaction: {
    readonly property: string;
    readonly field: string;
    readonly longerThan: number;
  };
  readonly names: { readonly reserved: readonly string[] };
  readonly images: { readonly maxBytes: number };
  readonly outputs: {
    readonly path: string;
    readonly software: string;
    readonly lifetimeHours: number;
    readonly expiredStatus: number;
  };
  readonly requestsInFlight: { readonly perKey: number };
  readonly durations: { readonly generationMs: number; readonly trainingMs: number };
}
`;

/** Writes \`behaviour.ts\`: what the emulator does beyond the document. */
export function behaviourFile(behaviour: JsonObject): string {
  const facts = Object.fromEntries(
    Object.entries(behaviour).filter(([name]) => name !== "api" && name !== "unconfirmed"),
  );
  return `${DECLARATIONS}
/** What is known of the service, from \`spec/behaviour.yaml\`. */
export const behaviour: Behaviour = ${JSON.stringify(withoutConfidence(facts))};
`;
}

/** Only wording keeps its confidence: it is what programs might compare. */
function withoutConfidence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutConfidence);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(
    ([name]) => name !== "confidence" || value["text"] !== undefined,
  );
  return Object.fromEntries(members.map(([name, member]) => [name, withoutConfidence(member)]));
}
