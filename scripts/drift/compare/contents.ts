import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { essenceOf } from "../../../src/openapi/media-types.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import type { SchemaNode, SchemaView } from "../schemas/schema-node.js";
import { compareDeprecation, membersAt, type Kind, type Pair } from "./change.js";
import { compareSchemaOf, contextOf, type OperationPair } from "./operation-pair.js";

type Owner = Located<JsonObject>;
type Message = "request" | "response";

export function compareRequestBodies(pair: OperationPair): void {
  const { differences } = pair;
  const about = contextOf(pair, "request");
  const members = membersAt(pair, "requestBody");
  const bodies = {
    base: pair.base.document.resolveObject(members.base),
    revision: pair.revision.document.resolveObject(members.revision),
  };
  const hadBody = members.base.value !== undefined;
  const hasBody = members.revision.value !== undefined;
  if (hadBody && hasBody) {
    compareRequired(pair, bodies);
    compareContents(pair, bodies, "request");
    differences.addRest(bodies, { required: "boolean", content: "object" }, pair.base.name);
  } else if (hadBody) differences.add("body-removed", "request body is gone", members, about);
  else if (hasBody) {
    const necessity = isRequired(bodies.revision) ? "required" : "optional";
    const text = `request body is new and ${necessity}`;
    differences.add(`body-added-${necessity}`, text, members, about);
  }
}

function isRequired({ value }: Owner): boolean {
  return value["required"] === true;
}

function compareRequired(pair: OperationPair, bodies: Pair): void {
  if (isRequired(bodies.base) === isRequired(bodies.revision)) return;
  const became = isRequired(bodies.revision) ? "required" : "optional";
  const places = membersAt(bodies, "required");
  const about = contextOf(pair, "request");
  pair.differences.add(`body-became-${became}`, `request body became ${became}`, places, about);
}

/** Compares the media types of a request body, a response, a parameter or a header. */
export function compareContents(
  pair: OperationPair,
  { base, revision }: Pair,
  message: Message,
): void {
  const { differences } = pair;
  const about = contextOf(pair, message);
  const added = mediaTypesOf(pair.revision.document, revision);
  for (const [name, mediaType] of mediaTypesOf(pair.base.document, base)) {
    const counterpart = take(added, name);
    if (!counterpart) {
      const places = { base: mediaType, revision: { ...revision, value: undefined } };
      differences.add("media-type-removed", `media type ${name} is gone`, places, about);
      continue;
    }
    const mediaTypes = { base: mediaType, revision: counterpart.mediaType };
    if (counterpart.name !== name) {
      const text = `media type ${name} is now called ${counterpart.name}`;
      differences.add("media-type-renamed", text, mediaTypes, about);
    }
    compareMediaTypes(pair, name, mediaTypes, message);
  }
  for (const [name, mediaType] of added) {
    const places = { base: { ...base, value: undefined }, revision: mediaType };
    differences.add("media-type-added", `media type ${name} is new`, places, about);
  }
}

function mediaTypesOf(document: ApiDocument, owner: Owner): Map<string, Owner> {
  return objectsUnder(document, memberAt(owner, "content"));
}

/** The objects of a map by name, with references resolved. */
function objectsUnder(document: ApiDocument, map: Located): Map<string, Owner> {
  const { value, pointer } = map;
  if (!isObject(value)) return new Map();
  document.markCompared(value);
  return new Map(
    Object.keys(value).map((name) => {
      return [name, document.resolveObject(memberAt({ value, pointer }, name))];
    }),
  );
}

/** Takes out the media type of that name, or else one that differs only in its parameters. */
function take(mediaTypes: Map<string, Owner>, name: string) {
  const found = mediaTypes.has(name)
    ? name
    : [...mediaTypes.keys()].find((candidate) => essenceOf(candidate) === essenceOf(name));
  const mediaType = found === undefined ? undefined : mediaTypes.get(found);
  if (found === undefined || !mediaType) return undefined;
  mediaTypes.delete(found);
  return { name: found, mediaType };
}

function compareMediaTypes(
  pair: OperationPair,
  name: string,
  mediaTypes: Pair,
  message: Message,
): void {
  const about = contextOf(pair, message);
  compareEncodings(pair, membersAt(mediaTypes, "encoding"), message);
  const compared: Record<string, Kind> = { schema: "schema", encoding: "object" };
  pair.differences.addRest(mediaTypes, compared, pair.base.name);
  const node = compareSchemaOf(pair, mediaTypes);
  const isText = !/[/+]json$/.test(essenceOf(name));
  if (isText && isBinaryInBothVersions(node)) return;
  node.uses.push({ ...about, isText, isOptionalParameter: false });
}

/** 3.0 describes a binary body as a string in the format `binary`, 3.1 without any schema. */
function isBinaryInBothVersions({ base, revision }: SchemaNode): boolean {
  const isNothing = ({ members }: SchemaView) => members.length === 0;
  const isBinary = ({ formats, members }: SchemaView) =>
    formats.join() === "binary" && members.length === 1;
  return (isNothing(base) && isBinary(revision)) || (isBinary(base) && isNothing(revision));
}

const COMPARED_OF_ENCODING: Record<string, Kind> = {
  ...{ contentType: "string", style: "string", explode: "boolean", allowReserved: "boolean" },
  headers: "object",
};

/** Compares how the fields of a form are serialized. */
function compareEncodings(pair: OperationPair, encodings: Pair<unknown>, message: Message): void {
  const { differences } = pair;
  const from = objectsUnder(pair.base.document, encodings.base);
  const to = objectsUnder(pair.revision.document, encodings.revision);
  const about = contextOf(pair, message);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const none = ({ pointer }: Located) => ({ value: {}, pointer: pointer + toPointer([name]) });
    const field = {
      base: from.get(name) ?? none(encodings.base),
      revision: to.get(name) ?? none(encodings.revision),
    };
    compareHeaders(pair, field, message);
    differences.addRest(field, COMPARED_OF_ENCODING, pair.base.name);
    if (encodingOf(field.base.value) === encodingOf(field.revision.value)) continue;
    const isSaidTwice = from.has(name) && to.has(name);
    const rule = isSaidTwice ? "field-serialization-changed" : "encoding-changed";
    const text = isSaidTwice
      ? `field \`${name}\` is written differently`
      : `the encoding of field \`${name}\` is ${from.has(name) ? "no longer said" : "said now"}`;
    differences.add(rule, text, field, { ...about, formerly: "encoding changed" });
  }
}

/**
 * How a field is serialized, with the defaults of its style filled in, as one string to compare.
 */
function encodingOf({ contentType, style = "form", explode, allowReserved }: JsonObject): string {
  const isExploded = explode ?? style === "form";
  return JSON.stringify([contentType ?? null, style, isExploded, allowReserved === true]);
}

/** Compares the headers of a response or of a form field; they are sent as text. */
export function compareHeaders(
  pair: OperationPair,
  { base, revision }: Pair,
  message: Message,
): void {
  const from = headersOf(pair.base.document, base);
  const to = headersOf(pair.revision.document, revision);
  const about = contextOf(pair, message);
  const none = (owner: Owner) => ({ value: undefined, pointer: `${owner.pointer}/headers` });
  for (const [name, header] of from) {
    const counterpart = to.get(name);
    if (counterpart) compareHeader(pair, name, { base: header, revision: counterpart }, message);
    else {
      const rule = isRequired(header) ? "required-header-removed" : "header-removed";
      const places = { base: header, revision: none(revision) };
      pair.differences.add(rule, `header ${name} is gone`, places, about);
    }
  }
  for (const [name, header] of to) {
    if (from.has(name)) continue;
    const rule = isRequired(header) ? "required-header-added" : "header-added";
    const places = { base: none(base), revision: header };
    pair.differences.add(rule, `header ${name} is new`, places, about);
  }
}

/** By lowercase name, since header names are case-insensitive (RFC 9110, section 5.1). */
function headersOf(document: ApiDocument, owner: Owner): Map<string, Owner> {
  const headers = objectsUnder(document, memberAt(owner, "headers"));
  return new Map([...headers].map(([name, header]) => [name.toLowerCase(), header]));
}

const COMPARED_OF_HEADER: Record<string, Kind> = {
  ...{ required: "boolean", deprecated: "boolean", schema: "schema", content: "object" },
  ...{ style: "string", explode: "boolean" },
};

function compareHeader(pair: OperationPair, name: string, headers: Pair, message: Message): void {
  const { differences } = pair;
  const { base, revision } = headers;
  const about = contextOf(pair, message);
  if (isRequired(base) !== isRequired(revision)) {
    const became = isRequired(revision) ? "required" : "optional";
    const text = `header ${name} became ${became}`;
    differences.add(`header-became-${became}`, text, membersAt(headers, "required"), about);
  }
  compareDeprecation(differences, headers, `header ${name}`, about);
  differences.addRest(headers, COMPARED_OF_HEADER, pair.base.name);
  compareHeaderValue(pair, name, headers, message);
}

function compareHeaderValue(
  pair: OperationPair,
  name: string,
  headers: Pair,
  message: Message,
): void {
  const { base, revision } = headers;
  const about = contextOf(pair, message);
  const [hadContent, hasContent] = [base, revision].map(({ value }) => isObject(value["content"]));
  if (hadContent && hasContent) {
    compareContents(pair, headers, message);
    return;
  }
  const explode = ({ value }: Owner) => value["explode"] === true;
  if (hadContent !== hasContent || explode(base) !== explode(revision)) {
    const text = `header ${name} is written differently`;
    pair.differences.add("header-serialization-changed", text, headers, about);
  }
  const node = compareSchemaOf(pair, headers);
  node.uses.push({ ...about, isText: true, isOptionalParameter: false });
}
