import type { RuleId } from "../rules.js";
import type { Direction } from "../levels.js";
import type { Located } from "../api-document.js";
import type { JsonObject } from "../../../src/openapi/json.js";
import { sameJson } from "../json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Change } from "./change.js";
import { place } from "./record.js";

/** A change outside of schemas, and the operation that it concerns. */
export interface Difference {
  change: Change;
  /** None where the change concerns the document as a whole. */
  operation: string | undefined;
  /** None where the change concerns the operation as a whole. */
  direction: Direction | undefined;
}

/** An object of the base beside its counterpart of the revision. */
export interface ObjectPair {
  base: Located<JsonObject>;
  revision: Located<JsonObject>;
}

const DOCS_KEYS = new Set([
  ...["summary", "description", "tags", "externalDocs", "example", "examples", "jsonSchemaDialect"],
]);

/** Collects what differs in one operation, or in the document as a whole. */
export class Differences {
  readonly found: Difference[] = [];

  add(
    rule: RuleId,
    text: string,
    at: { base: Located; revision: Located },
    about: { operation?: string; direction?: Direction | undefined } = {},
  ): void {
    const base = place(at.base.pointer, at.base.value);
    const revision = place(at.revision.pointer, at.revision.value);
    this.found.push({
      change: { rule, text, base, revision },
      operation: about.operation,
      direction: about.direction,
    });
  }

  /** Records what differs in the settings that nobody looked at: words, and unknown keywords. */
  addRest(pair: ObjectPair, handled: readonly string[], operation?: string): void {
    const { base, revision } = pair;
    for (const key of new Set([...Object.keys(base.value), ...Object.keys(revision.value)])) {
      if (handled.includes(key)) continue;
      const [from, to] = [setting(base, key), setting(revision, key)];
      if (sameJson(from.value, to.value)) continue;
      const isDocs = DOCS_KEYS.has(key) || key.startsWith("x-");
      const rule = isDocs ? "docs-changed" : "unknown-changed";
      const about = operation === undefined ? {} : { operation };
      this.add(rule, `${key} changed`, { base: from, revision: to }, about);
    }
  }
}

/** One setting of an object, and where it stands or would stand. */
export function setting(object: Located<JsonObject>, key: string): Located {
  return { value: object.value[key], pointer: object.pointer + toPointer([key]) };
}
