import { isObject, listAt, stringsAt, type JsonObject } from "../../src/openapi/json.js";
import { without, type BodyFacts } from "./request-body.js";

/** Something that the document claims about a body, and a body that shows whether it is true. */
export interface BodyClaim {
  /** `prompt: at most 3000 characters`. */
  fact: string;
  body: JsonObject;
  /**
   * If the claim holds, the service's details name one of these fields (`refused`), or none of
   * them.
   */
  fields: string[];
  /** Whether the body breaks the claim, or just meets it while another field is wrong. */
  expects: "refused" | "accepted";
}

/** A field that no API has. */
const UNKNOWN_FIELD = "probe_unknown_field";
/** A value that is in no enum. */
const UNKNOWN_VALUE = "probe_unknown_value";

/** Everything the document claims about a body that can be tested with invalid bodies. */
export function bodyClaims(facts: BodyFacts): BodyClaim[] {
  return [...presenceClaims(facts), ...valueClaims(facts)].filter(
    ({ body }) => !facts.isValid(body),
  );
}

/** Which fields must be present, which must not, and which groups need one. */
function presenceClaims(facts: BodyFacts): BodyClaim[] {
  const { base, isValid } = facts;
  const required = Object.keys(base).map((name) => {
    const names = [name, ...alternativesTo(facts, name)];
    const fact = names.length === 1 ? `${name}: required` : `one of ${names.join(" or ")}`;
    return refused(fact, names, without(base, name));
  });
  const pairs = exclusivePairs(facts).map(({ names, both }) =>
    refused(`not both ${names.join(" and ")}`, names, both),
  );
  const unknown = { ...base, [UNKNOWN_FIELD]: 1 };
  return [
    ...required,
    ...pairs,
    ...(isValid(unknown) ? [] : [refused("unknown fields are refused", [UNKNOWN_FIELD], unknown)]),
  ];
}

/** Types, enums, patterns and limits: each just broken, and just met. */
function valueClaims(facts: BodyFacts): BodyClaim[] {
  return [...facts.properties].flatMap(([name, schema]) => {
    const body = withField(facts, name);
    if (!body) return [];
    const kept = extremeValues(schema).flatMap(([fact, value]): BodyClaim[] => {
      const spoiled = spoil({ ...body, [name]: value }, facts, name);
      if (!spoiled) return [];
      return [{ fact: `${name}: ${fact}`, fields: [name], body: spoiled, expects: "accepted" }];
    });
    const broken = wrongValues(schema).map(([fact, value]) =>
      refused(`${name}: ${fact}`, [name], { ...body, [name]: value }),
    );
    return [...broken, ...kept];
  });
}

function refused(fact: string, fields: string[], body: JsonObject): BodyClaim {
  return { fact, fields, body, expects: "refused" };
}

/** A valid body with the field, if there is one: the base, with the field added or swapped in. */
function withField({ base, isValid, valueOf }: BodyFacts, name: string): JsonObject | undefined {
  if (name in base) return base;
  const value = valueOf(name);
  const swapped = Object.keys(base).map((other) => without(base, other));
  return [base, ...swapped].map((body) => ({ ...body, [name]: value })).find(isValid);
}

/** The fields that can each replace this one. */
function alternativesTo({ base, properties, isValid, valueOf }: BodyFacts, name: string): string[] {
  const rest = without(base, name);
  if (isValid(rest)) return [];
  return [...properties.keys()].filter(
    (other) => !(other in base) && isValid({ ...rest, [other]: valueOf(other) }),
  );
}

/** Makes a body wrong in a field other than the one being tested. */
export function spoil(body: JsonObject, facts: BodyFacts, spared: string): JsonObject | undefined {
  const [spoiled] = [...facts.properties]
    .filter(
      ([name, schema]) => name !== spared && name in body && listAt(schema, "enum").length > 0,
    )
    .map(([name]) => ({ ...body, [name]: UNKNOWN_VALUE }));
  const candidate = spoiled ?? { ...body, [UNKNOWN_FIELD]: 1 };
  return facts.isValid(candidate) ? undefined : candidate;
}

/** The fields that `spoil` makes wrong. */
export function spoiledFields(body: JsonObject): string[] {
  return Object.keys(body).filter((name) => name === UNKNOWN_FIELD || body[name] === UNKNOWN_VALUE);
}

/** Values that each break one keyword of a field's schema. */
function wrongValues(schema: JsonObject): [fact: string, value: unknown][] {
  const { type, minLength, maxLength, minimum, maximum, minItems, maxItems, pattern } = schema;
  const isText = [type].flat().includes("string");
  const item = isObject(schema["items"]) ? sampleItem(schema["items"]) : "item";
  const filler = typeof pattern === "string" && pattern.startsWith("^https://") ? "" : "a";
  return [
    ...when(type, (): [string, unknown] => [
      `type ${[type].flat().join(" or ")}`,
      isText ? 7 : "x",
    ]),
    ...when(stringsAt(schema, "enum")[0], (): [string, unknown] => [
      `one of ${stringsAt(schema, "enum").join(", ")}`,
      UNKNOWN_VALUE,
    ]),
    ...when(maxLength, (): [string, unknown] => [
      `at most ${String(maxLength)} characters`,
      filler === "" ? undefined : filler.repeat(Number(maxLength) + 1),
    ]),
    ...when(Number(minLength) > 0 || undefined, (): [string, unknown] => [
      `at least ${String(minLength)} characters`,
      "a".repeat(Number(minLength) - 1),
    ]),
    ...when(pattern, (): [string, unknown] => [
      `pattern ${String(pattern)}`,
      ["https://example.com", "<probe>", "\n"].find(
        (text) => !new RegExp(String(pattern), "u").test(text),
      ),
    ]),
    ...when(maximum, (): [string, unknown] => [`at most ${String(maximum)}`, Number(maximum) + 1]),
    ...when(minimum, (): [string, unknown] => [`at least ${String(minimum)}`, Number(minimum) - 1]),
    ...when(maxItems, (): [string, unknown] => [
      `at most ${String(maxItems)} items`,
      Array.from({ length: Number(maxItems) + 1 }, () => item),
    ]),
    ...when(Number(minItems) > 0 || undefined, (): [string, unknown] => [
      `at least ${String(minItems)} items`,
      Array.from({ length: Number(minItems) - 1 }, () => item),
    ]),
  ].filter(([, value]) => value !== undefined);
}

/** Values that a field's schema only just allows. */
function extremeValues(schema: JsonObject): [fact: string, value: unknown][] {
  const { maxLength, maximum, minimum, maxItems, pattern } = schema;
  const item = isObject(schema["items"]) ? sampleItem(schema["items"]) : "item";
  const text = "a".repeat(Math.min(Number(maxLength ?? 0), 100_000));
  const matches = typeof pattern !== "string" || new RegExp(pattern, "u").test(text);
  return [
    ...stringsAt(schema, "enum").map((value): [string, unknown] => [`takes ${value}`, value]),
    ...when(maxLength !== undefined && matches ? true : undefined, (): [string, unknown] => [
      `takes ${String(maxLength)} characters`,
      text,
    ]),
    ...when(maximum, (): [string, unknown] => [`takes ${String(maximum)}`, maximum]),
    ...when(minimum, (): [string, unknown] => [`takes ${String(minimum)}`, minimum]),
    ...when(maxItems, (): [string, unknown] => [
      `takes ${String(maxItems)} items`,
      Array.from({ length: Number(maxItems) }, () => item),
    ]),
  ];
}

function when<Value>(condition: unknown, make: () => Value): Value[] {
  return condition === undefined ? [] : [make()];
}

/** An item for lists of addresses, data URLs and strings. */
function sampleItem({ pattern }: JsonObject): string {
  if (String(pattern).startsWith("^data:image/")) return "data:image/png;base64,AAAA";
  return "https://probe.pikzels-client.invalid/nothing.png";
}

interface ExclusivePair {
  names: [string, string];
  both: JsonObject;
}

/** Pairs of fields of which a body may have either, but not both. */
function exclusivePairs(facts: BodyFacts): ExclusivePair[] {
  const { properties, isValid, valueOf } = facts;
  const names = [...properties.keys()];
  return names.flatMap((first, index) =>
    names.slice(index + 1).flatMap((second): ExclusivePair[] => {
      const body = [first, second].map((name) => withField(facts, name)).find((one) => one);
      if (!body) return [];
      const rest = without(body, first, second);
      const one = { ...rest, [first]: valueOf(first) };
      const other = { ...rest, [second]: valueOf(second) };
      const both = { ...one, ...other };
      return isValid(one) && isValid(other) && !isValid(both)
        ? [{ names: [first, second], both }]
        : [];
    }),
  );
}
