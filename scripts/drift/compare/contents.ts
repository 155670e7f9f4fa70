import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { sameJson } from "../json.js";
import { setting } from "./differences.js";
import { directionOf, type OperationPair } from "./operation.js";
import { compareSchemaUnder } from "./schema-under.js";

type Owner = Located<JsonObject>;

/** Compares the media types of a body, and what each of them carries. */
export function compareContents(
  pair: OperationPair,
  base: Owner,
  revision: Owner,
  message: "request" | "response",
): void {
  const about = { operation: pair.base.name, direction: directionOf(pair, message) };
  const added = mediaTypesOf(revision);
  for (const [name, mediaType] of mediaTypesOf(base)) {
    const counterpart = take(added, name);
    if (!counterpart) {
      const at = { base: mediaType, revision: { value: undefined, pointer: revision.pointer } };
      pair.found.add("media-type-removed", `media type ${name} is gone`, at, about);
      continue;
    }
    if (counterpart.name !== name) {
      const at = { base: mediaType, revision: counterpart.mediaType };
      const text = `media type ${name} is now called ${counterpart.name}`;
      pair.found.add("media-type-renamed", text, at, about);
    }
    compareMediaTypes(pair, name, mediaType, counterpart.mediaType, message);
  }
  for (const [name, mediaType] of added) {
    const at = { base: { value: undefined, pointer: base.pointer }, revision: mediaType };
    pair.found.add("media-type-added", `media type ${name} is new`, at, about);
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

/** Takes the media type of that name out, or else the one that differs in its parameters only. */
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
  base: Owner,
  revision: Owner,
  message: "request" | "response",
): void {
  const about = { operation: pair.base.name, direction: directionOf(pair, message) };
  const at = (key: string) => ({ base: setting(base, key), revision: setting(revision, key) });
  const encodings = at("encoding");
  if (!sameJson(encodings.base.value, encodings.revision.value))
    pair.found.add("encoding-changed", "encoding changed", encodings, about);
  pair.found.addRest({ base, revision }, ["schema", "encoding"], pair.base.name);
  const node = compareSchemaUnder(pair, { base, revision });
  const isText = !/[/+]json$/.test(essence(name));
  node.uses.push({ ...about, isText, isOptionalParameter: false });
}
