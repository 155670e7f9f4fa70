import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject } from "../../../src/openapi/json.js";
import { all, ALWAYS, any, exactlyOne, implies, type Condition } from "./condition.js";

/** What a schema says about an object. */
export interface Reading {
  /** What it says about the presence of fields; an object that does not meet it is not valid. */
  condition: Condition;
  /** The schemas that it gives to each field. */
  fields: ReadonlyMap<string, readonly unknown[]>;
  /** Whether it excludes fields that it does not name. */
  isClosed: boolean;
  /** Whether it says nothing beyond these three. */
  isComplete: boolean;
}

/** Whether a schema is only about the presence of fields. */
export function isOnlyPresence({ fields, isClosed, isComplete }: Reading): boolean {
  return isComplete && !isClosed && fields.size === 0;
}

export const ANYTHING: Reading = {
  condition: ALWAYS,
  fields: new Map(),
  isClosed: false,
  isComplete: true,
};
/** A schema, or a keyword, that is about something else. */
export const SOMETHING_ELSE: Reading = { ...ANYTHING, isComplete: false };

/** Keywords that do not affect what is valid. */
export const ANNOTATIONS = new Set([
  "title",
  "description",
  "$comment",
  "example",
  "examples",
  "deprecated",
  "externalDocs",
]);

export function saying(condition: Condition): Reading {
  return { ...ANYTHING, condition };
}

/** All of the readings hold. */
export function together(readings: readonly Reading[]): Reading {
  if (readings.length === 1 && readings[0]) return readings[0];
  const said = readings.map(({ condition }) => condition).filter((one) => one !== ALWAYS);
  return {
    condition: said.length === 0 ? ALWAYS : all(said),
    fields: joinFields(readings),
    isClosed: readings.some((one) => one.isClosed),
    isComplete: readings.every((one) => one.isComplete),
  };
}

/** The reading holds if the condition does. */
export function consequence(condition: Condition, reading: Reading): Reading {
  const said = reading.condition === ALWAYS ? ALWAYS : implies(condition, reading.condition);
  return isOnlyPresence(reading) ? saying(said) : incomplete(said, [reading]);
}

/**
 * One of the readings holds, or with `oneOf` exactly one. Alternatives that give a field different
 * schemas, such as the values of a discriminator, can be distinguished by more than presence.
 */
export function alternatives(keyword: "anyOf" | "oneOf", readings: readonly Reading[]): Reading {
  const conditions = readings.map(({ condition }) => condition);
  const fields = joinFields(readings);
  const isComplete =
    readings.every((one) => one.isComplete && one.isClosed === readings[0]?.isClosed) &&
    [...fields.values()].every((schemas) => schemas.length === 1);
  if (!isComplete) return incomplete(any(conditions), readings);
  return {
    condition: keyword === "oneOf" ? exactlyOne(conditions) : any(conditions),
    fields,
    isClosed: readings.some((one) => one.isClosed),
    isComplete,
  };
}

export function incomplete(condition: Condition, readings: readonly Reading[]): Reading {
  return { condition, fields: joinFields(readings), isClosed: false, isComplete: false };
}

function joinFields(readings: readonly Reading[]): Map<string, unknown[]> {
  const fields = new Map<string, unknown[]>();
  for (const [field, schemas] of readings.flatMap((one) => [...one.fields])) {
    const known = fields.get(field) ?? [];
    const added = schemas.filter((schema) => !known.some((other) => saySame(schema, other)));
    fields.set(field, [...known, ...added]);
  }
  return fields;
}

/** Whether two schemas differ only in annotations, if at all. */
export function saySame(left: unknown, right: unknown): boolean {
  return left === right || jsonEquals(withoutAnnotations(left), withoutAnnotations(right));
}

function withoutAnnotations(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword)),
  );
}

/** Whether a schema plainly accepts everything. */
export function isAnything(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0);
}
