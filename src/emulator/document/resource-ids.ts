import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../openapi/json.js";
import { seededRandom } from "../state/seeded-random.js";
import { sampleNumber, sampleString } from "./sample-scalars.js";
import { mayBe, typesOf } from "./schema-reading.js";

/** Whether ids can be UUIDs: unless their schema asks for numbers or for another form. */
export function allowsUuids(idSchema: JsonObject): boolean {
  return mayBe(randomUUID(), idSchema);
}

/**
 * Makes the id of a new resource: a UUID, or else a number or a text, as its schema asks for.
 *
 * @param earlier how many were made before: numbers ascend
 */
export function newResourceId(idSchema: JsonObject, earlier: number): string {
  const uuid = randomUUID();
  if (mayBe(uuid, idSchema)) return uuid;
  const isText = typesOf(idSchema).includes("string");
  if (isText) return sampleString(idSchema, seededRandom(uuid));
  return String(sampleNumber({ minimum: 1, ...idSchema }, true, () => 0) + earlier);
}

/** The id as its schema wants it in an answer: as a text or as a number. */
export function writeId(id: string, schema: JsonObject): string | number {
  return mayBe(id, schema) ? id : Number(id);
}
