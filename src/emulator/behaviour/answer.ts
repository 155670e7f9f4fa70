import { behaviour } from "../../generated/behaviour.js";
import { isObject, listAt, objectAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import type { Lifecycle } from "../../openapi/lifecycle.js";
import { coversMediaType, isJsonType, essenceOf } from "../../openapi/media-types.js";
import { jsonReply, type Reply } from "../api/reply.js";
import { typesOf } from "../document/schema-reading.js";
import type { MediaType } from "../document/operations.js";
import { writeId } from "../document/resource-ids.js";
import { sampleSchema, type Preference } from "../document/sample.js";
import { drawLandscape } from "../pictures/landscape.js";
import { sizeOf } from "../pictures/picture.js";
import type { EmulatorState } from "../state/emulator-state.js";
import type { Resource, Training } from "../state/resources.js";
import { headlinesAbout } from "./headlines.js";
import { newId, type Call, type Outcome } from "./service.js";

/** The number of events in an event stream. */
const EVENTS = 3;

/**
 * Creates the successful answer of a call, with the status, headers and media type that the
 * document gives, valid against its schema. Ids, echoed fields, states and pictures come from this
 * emulator; everything else is a sample, the same for the same request body.
 */
export function createAnswer(call: Call, outcome: Outcome, state: EmulatorState): Reply {
  const { status, headers, content } = call.operation.success;
  const media = chooseMedia(content, call.accept);
  const seed = JSON.stringify(call.body);
  const sent = headers.map(({ name, pointer }) => {
    const value = sampleSchema(state.document, pointer, { seed });
    return [name.toLowerCase(), headerValue(value)] as const;
  });
  const reply = media
    ? createContent(media, call, outcome, state, seed)
    : { body: "", headers: {} };
  return { status, ...reply, headers: { ...Object.fromEntries(sent), ...reply.headers } };
}

/** The media type that the client asks for, or else JSON, or else the document's first. */
function chooseMedia(content: readonly MediaType[], accept: string): MediaType | undefined {
  const wanted = accept
    .split(",")
    .map(essenceOf)
    .filter((range) => range !== "*/*");
  return (
    content.find(({ name }) => wanted.includes(name)) ??
    content.find(({ name }) => wanted.some((range) => coversMediaType(range, name))) ??
    content.find(({ name }) => isJsonType(name)) ??
    content[0]
  );
}

/** The media type of an answer for which the document gives a range. */
const TYPES_OF_RANGES: Record<string, string> = {
  "text/*": "text/plain",
  "image/*": "image/png",
  "*/*": "image/png",
};

function createContent(
  media: MediaType,
  call: Call,
  outcome: Outcome,
  state: EmulatorState,
  seed: string,
): Pick<Reply, "headers" | "body"> {
  const { pointer } = media;
  const isRange = media.name.endsWith("/*");
  const name = isRange ? (TYPES_OF_RANGES[media.name] ?? "application/octet-stream") : media.name;
  const prefer = preferencesFor(media, call, outcome, state);
  const sample = (number = 0): unknown =>
    pointer === undefined
      ? (media.example ?? {})
      : sampleSchema(state.document, pointer, { seed: `${seed} ${number}`, prefer });
  const headers = { "content-type": name };
  if (isJsonType(name)) {
    const { body } = jsonReply(200, sample());
    return { body, headers: { "content-type": `${name}; charset=utf-8` } };
  }
  const samples = Array.from({ length: EVENTS }, (_, number) => sample(number));
  if (name === "text/event-stream")
    return { headers, body: samples.map((event) => `data: ${asText(event)}\n\n`).join("") };
  if (/ndjson|jsonl|json-seq/.test(name)) {
    // RFC 7464 has each text of a sequence begin with a record separator.
    const start = name.endsWith("json-seq") ? "\x1e" : "";
    return { headers, body: samples.map((line) => `${start}${JSON.stringify(line)}\n`).join("") };
  }
  if (name.startsWith("text/") || name.includes("xml")) return { headers, body: asText(sample()) };
  const size = sizeOf(call.body["format"]);
  if (name.startsWith("image/"))
    return { headers, body: drawLandscape(call.requestId, size, behaviour.outputs.software) };
  return { headers, body: Buffer.from(asText(sample())) };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function headerValue(value: unknown): string {
  return asText(value).replaceAll(/[^\x20-\x7e]/g, "");
}

/** The preferred values of an answer's properties, used if its schema allows them. */
function preferencesFor(
  media: MediaType,
  call: Call,
  { resource, list }: Outcome,
  state: EmulatorState,
): Preference {
  const { requestId, body, origin } = call;
  const examples = examplesByName(media.example);
  const ownId = newId();

  return (name, schema, sampleWith) => {
    if (/^request_?id$/i.test(name)) return requestId;
    if (list) return preferForList(list, name, schema, sampleWith);
    if (resource) return preferForResource(resource, name, schema);
    return preferForWork(name, schema);
  };

  function preferForList(
    all: readonly Resource[],
    ...[name, schema, sampleWith]: Parameters<Preference>
  ): unknown {
    const items = schema["items"];
    if (typesOf(schema).includes("array") && isObject(items))
      return all.map((one) =>
        sampleWith(items, (property, inner) => preferForResource(one, property, inner)),
      );
    if (/^(?:total|count|size)(?:_count|_items)?$/i.test(name)) return all.length;
    if (/^has_?(?:more|next)/i.test(name)) return false;
    const isOtherPage = /^(?:next|previous|cursor)/i.test(name);
    return isOtherPage && isNullable(schema) ? null : examples.get(name);
  }

  function preferForResource(one: Resource, name: string, schema: JsonObject): unknown {
    const { type, fields, id, label } = one;
    const { status, progress } = state.resources.training(one);
    if (name === "id" || name === type.idParameter) return writeId(id, schema);
    if (type.lifecycle?.property === name) return statusOf(type.lifecycle, status);
    if (name === "progress") return progress;
    if (Object.hasOwn(fields, name)) return fields[name];
    if (label !== undefined && stringsAt(schema, "enum").includes(label)) return label;
    if (type.settableFields.has(name) && !isPicture(name, schema))
      return isNullable(schema) ? null : examples.get(name);
    const isMade = type.lifecycle !== undefined && isNullable(schema);
    if (isMade && status !== "completed") return null;
    if (isMade || isPicture(name, schema))
      return pictures(schema, (number) => `${origin}/resources/${id}/${name}-${number}.png`);
    if (/^(?:created|updated)(?:_at|At)$/.test(name)) return new Date(one.createdAt).toISOString();
    return examples.get(name);
  }

  function preferForWork(name: string, schema: JsonObject): unknown {
    const { property, field, longerThan } = behaviour.compaction;
    const text = body[field];
    if (name === property) return typeof text === "string" && text.length > longerThan;
    if (isPicture(name, schema))
      return pictures(schema, (number) =>
        state.outputUrls.create(
          origin,
          number === 1 ? requestId : `${requestId}-${number}`,
          sizeOf(body["format"]),
        ),
      );
    if (Object.hasOwn(body, name)) return body[name];
    if (name === "id" || name.endsWith("_id")) return ownId;
    const [type] = typesOf(schema);
    const isTextList =
      type === "array" && typesOf({ ...(schema["items"] as object) })[0] === "string";
    if (isTextList && typeof text === "string") return headlinesAbout(text);
    return examples.get(name);
  }

  /** Whether a property is an address: by its format, its example in the document, or its name. */
  function isPicture(name: string, schema: JsonObject): boolean {
    const item = schema["items"];
    const { format, ...rest } = isObject(item) ? item : schema;
    if (listAt(rest, "enum").length > 0 || rest["const"] !== undefined) return false;
    const known = [examples.get(name), ...listAt(rest, "examples")].flat();
    const hasAddress = known.some((value) => /^https?:\/\//.test(String(value)));
    return (
      hasAddress ||
      ((format === undefined || format === "uri" || format === "url") &&
        /(?:^|_)(?:url|output|image|picture|portrait|thumbnail)$/i.test(name))
    );
  }
}

/** One address, or a list of the minimum length, three if there is none; `undefined` for objects. */
function pictures(schema: JsonObject, address: (number: number) => string): unknown {
  const types = typesOf(schema);
  const isOfObjects = [schema, objectAt(schema, "items")].some((one) =>
    typesOf(one).includes("object"),
  );
  if (isOfObjects) return undefined;
  if (!types.includes("array")) return address(1);
  const count = Number(schema["minItems"] ?? Math.min(3, Number(schema["maxItems"] ?? 3)));
  return Array.from({ length: Math.min(count, 100) }, (_, index) => address(index + 1));
}

/** The value that the document has for a status. */
function statusOf({ processing, completed, failed }: Lifecycle, status: Training["status"]) {
  return { processing, completed, failed: failed[0] ?? processing }[status];
}

function isNullable(schema: JsonObject): boolean {
  return typesOf(schema).includes("null");
}

/** The strings, and lists of strings, in the document's example by the name of their property. */
function examplesByName(example: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  collect(example, 8);
  return found;

  function collect(value: unknown, levels: number): void {
    if (levels === 0) return;
    if (Array.isArray(value)) for (const item of value) collect(item, levels - 1);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      const isText = [member].flat().every((item) => typeof item === "string");
      if (isText && !found.has(name)) found.set(name, member);
      collect(member, levels - 1);
    }
  }
}
