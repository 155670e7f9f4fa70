import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { membersAt, type Pair } from "./change.js";
import { compareSchemaOf, contextOf, type OperationPair } from "./operation-pair.js";

type Owner = Located<JsonObject>;

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
    differences.addRest(bodies, ["required", "content"], pair.base.name);
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

/** Compares the media types of a request body, a response or a parameter. */
export function compareContents(
  pair: OperationPair,
  { base, revision }: Pair,
  message: "request" | "response",
): void {
  const { differences } = pair;
  const about = contextOf(pair, message);
  const added = mediaTypesOf(revision);
  for (const [name, mediaType] of mediaTypesOf(base)) {
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

function mediaTypesOf(owner: Owner): Map<string, Owner> {
  const content = owner.value["content"];
  if (!isObject(content)) return new Map();
  return new Map(
    Object.entries(content).map(([name, value]) => {
      const pointer = owner.pointer + toPointer(["content", name]);
      return [name, { value: isObject(value) ? value : {}, pointer }];
    }),
  );
}

/** Takes out the media type of that name, or else the one that differs in its parameters only. */
function take(mediaTypes: Map<string, Owner>, name: string) {
  const found = mediaTypes.has(name)
    ? name
    : [...mediaTypes.keys()].find((candidate) => essence(candidate) === essence(name));
  const mediaType = found === undefined ? undefined : mediaTypes.get(found);
  if (found === undefined || !mediaType) return undefined;
  mediaTypes.delete(found);
  return { name: found, mediaType };
}

function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

function compareMediaTypes(
  pair: OperationPair,
  name: string,
  mediaTypes: Pair,
  message: "request" | "response",
): void {
  const about = contextOf(pair, message);
  const encodings = membersAt(mediaTypes, "encoding");
  if (!jsonEquals(encodings.base.value, encodings.revision.value))
    pair.differences.add("encoding-changed", "encoding changed", encodings, about);
  pair.differences.addRest(mediaTypes, ["schema", "encoding"], pair.base.name);
  const node = compareSchemaOf(pair, mediaTypes);
  const isText = !/[/+]json$/.test(essence(name));
  node.uses.push({ ...about, isText, isOptionalParameter: false });
}
