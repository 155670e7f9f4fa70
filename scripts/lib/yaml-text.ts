import { defineScalarTag, dump, DUMP_SCHEMA, intCoreTag, type ScalarTagDefinition } from "js-yaml";
import { honestFloatTag } from "./parse-document.js";

const exactIntegerTag = defineScalarTag(intCoreTag.tagName, {
  ...dumpedAs(intCoreTag),
  identify: (value) => typeof value === "bigint" || intCoreTag.identify(value),
  represent: String,
});
/** `1e999` as a string needs quotes, or it would be read as a number. */
const floatTag = defineScalarTag(honestFloatTag.tagName, {
  ...dumpedAs(honestFloatTag),
  resolve: honestFloatTag.resolve,
});
const SCHEMA = DUMP_SCHEMA.withTags(exactIntegerTag, floatTag);

/** This tag also detects strings that look like it in some version of YAML, and so need quotes. */
function dumpedAs<Value>(tag: ScalarTagDefinition<Value>): ScalarTagDefinition<Value> {
  const found = DUMP_SCHEMA.tags.find(({ tagName }) => tagName === tag.tagName);
  return found?.nodeKind === "scalar" ? (found as ScalarTagDefinition<Value>) : tag;
}

/**
 * Prints a value as YAML, at most 100 characters per line; integers over 2^53 keep their digits.
 */
export function toYamlText(value: unknown): string {
  return dump(value, { schema: SCHEMA, lineWidth: 100, noRefs: true });
}
