import { defineScalarTag, dump, DUMP_SCHEMA, intCoreTag, type ScalarTagDefinition } from "js-yaml";

/** Also tells which strings look like an integer in one of YAML's versions, and so need quotes. */
const integerTag = DUMP_SCHEMA.tags.find(
  (tag): tag is ScalarTagDefinition =>
    tag.nodeKind === "scalar" && tag.tagName === intCoreTag.tagName,
);
const exactIntegerTag = defineScalarTag(intCoreTag.tagName, {
  ...(integerTag ?? intCoreTag),
  identify: (value) => typeof value === "bigint" || intCoreTag.identify(value),
  represent: String,
});
const SCHEMA = DUMP_SCHEMA.withTags(exactIntegerTag);

/** Prints a value as YAML, at most 100 characters a line; integers over 2^53 keep their digits. */
export function toYamlText(value: unknown): string {
  return dump(value, { schema: SCHEMA, lineWidth: 100, noRefs: true });
}
