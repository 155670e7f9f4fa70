import type { Level } from "../../scripts/drift/rules.js";
import type { RuleId } from "../../scripts/drift/rules.js";

/** A change to a schema, the rule that reports it, and what it means in each direction. */
export interface SchemaCase {
  rule: RuleId;
  from: unknown;
  to: unknown;
  request: Level;
  response: Level;
  /** The rule that reports the same change in reverse. */
  back: RuleId;
  openapi?: "3.1.0";
}

const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const text = { type: "string" };
const cat = object({ meow: text }, { required: ["meow"] });
const dog = object({ bark: text }, { required: ["bark"] });

type Row = [
  rule: RuleId,
  request: Level,
  response: Level,
  back: RuleId,
  from: unknown,
  to: unknown,
];

const rows: Row[] = [
  [
    "property-removed",
    "breaking",
    "breaking",
    "property-added-optional",
    object({ a: text, b: text }),
    object({ a: text }),
  ],
  [
    "property-added-required",
    "breaking",
    "additive",
    "property-removed",
    object({ a: text }),
    object({ a: text, b: text }, { required: ["b"] }),
  ],
  [
    "property-added-optional",
    "additive",
    "additive",
    "property-removed",
    object({ a: text }),
    object({ a: text, b: text }),
  ],
  [
    "property-became-required",
    "breaking",
    "additive",
    "property-became-optional",
    object({ a: text }),
    object({ a: text }, { required: ["a"] }),
  ],
  [
    "property-became-optional",
    "additive",
    "breaking",
    "property-became-required",
    object({ a: text }, { required: ["a"] }),
    object({ a: text }),
  ],
  [
    "property-became-read-only",
    "additive",
    "additive",
    "property-became-read-write",
    text,
    { ...text, readOnly: true },
  ],
  [
    "property-became-write-only",
    "additive",
    "breaking",
    "property-became-read-write",
    object({ a: text }),
    object({ a: text }, { writeOnly: true }),
  ],
  [
    "property-became-read-write",
    "additive",
    "additive",
    "property-became-read-only",
    { ...text, readOnly: true },
    text,
  ],
  [
    "object-closed",
    "breaking",
    "additive",
    "object-opened",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
  ],
  [
    "map-closed",
    "breaking",
    "additive",
    "object-opened",
    { type: "object" },
    { type: "object", additionalProperties: false },
  ],
  [
    "object-opened",
    "additive",
    "additive",
    "object-closed",
    object({ a: text }, { additionalProperties: false }),
    object({ a: text }),
  ],

  [
    "type-widened",
    "additive",
    "breaking",
    "type-narrowed",
    { type: "integer" },
    { type: "number" },
  ],
  ["type-narrowed", "breaking", "additive", "type-widened", {}, { type: "integer" }],
  ["type-changed", "breaking", "breaking", "type-changed", { type: "integer" }, { type: "string" }],
  [
    "format-widened",
    "additive",
    "breaking",
    "format-narrowed",
    { type: "string", format: "uri" },
    text,
  ],
  [
    "format-narrowed",
    "breaking",
    "additive",
    "format-widened",
    { type: "integer", format: "int64" },
    { type: "integer", format: "int32" },
  ],
  [
    "format-changed",
    "breaking",
    "breaking",
    "format-changed",
    { type: "string", format: "uri" },
    { type: "string", format: "uuid" },
  ],
  [
    "became-nullable",
    "additive",
    "breaking",
    "became-not-nullable",
    text,
    { ...text, nullable: true },
  ],
  [
    "became-not-nullable",
    "breaking",
    "additive",
    "became-nullable",
    { ...text, nullable: true },
    text,
  ],

  ["enum-added", "breaking", "additive", "enum-removed", text, { ...text, enum: ["a"] }],
  ["enum-removed", "additive", "additive", "enum-added", { ...text, enum: ["a"] }, text],
  [
    "enum-value-removed",
    "breaking",
    "additive",
    "enum-value-added",
    { ...text, enum: ["a", "b"] },
    { ...text, enum: ["a"] },
  ],
  [
    "enum-value-added",
    "additive",
    "additive",
    "enum-value-removed",
    { ...text, enum: ["a"] },
    { ...text, enum: ["a", "b"] },
  ],
  [
    "enum-replaced",
    "breaking",
    "breaking",
    "enum-replaced",
    { ...text, enum: ["a"] },
    { ...text, enum: ["b"] },
  ],

  [
    "limit-tightened",
    "breaking",
    "additive",
    "limit-relaxed",
    { ...text, maxLength: 5 },
    { ...text, maxLength: 4 },
  ],
  [
    "limit-relaxed",
    "additive",
    "breaking",
    "limit-tightened",
    { type: "number", minimum: 3 },
    { type: "number" },
  ],
  [
    "limit-changed",
    "breaking",
    "breaking",
    "limit-changed",
    { type: "integer", multipleOf: 2 },
    { type: "integer", multipleOf: 3 },
  ],
  ["pattern-added", "breaking", "additive", "pattern-removed", text, { ...text, pattern: "^a" }],
  [
    "pattern-changed",
    "breaking",
    "additive",
    "pattern-changed",
    { ...text, pattern: "^a" },
    { ...text, pattern: "^b" },
  ],
  ["pattern-removed", "additive", "additive", "pattern-added", { ...text, pattern: "^a" }, text],

  [
    "alternative-added",
    "additive",
    "breaking",
    "alternative-removed",
    { oneOf: [cat, dog] },
    { oneOf: [cat, dog, text] },
  ],
  [
    "alternative-removed",
    "breaking",
    "additive",
    "alternative-added",
    { anyOf: [cat, dog, text] },
    { anyOf: [cat, dog] },
  ],
  [
    "alternatives-widened",
    "additive",
    "breaking",
    "alternatives-narrowed",
    cat,
    { oneOf: [cat, dog] },
  ],
  [
    "alternatives-narrowed",
    "breaking",
    "additive",
    "alternatives-widened",
    object({ a: text, b: text }),
    object({ a: text, b: text }, { oneOf: [{ required: ["a"] }, { required: ["b"] }] }),
  ],
  [
    "alternatives-changed",
    "breaking",
    "breaking",
    "alternatives-changed",
    object({ moo: text }, { required: ["moo"] }),
    { oneOf: [cat, dog] },
  ],
  [
    "alternatives-rearranged",
    "additive",
    "additive",
    "alternatives-rearranged",
    cat,
    { anyOf: [cat, { ...cat, minProperties: 0 }] },
  ],
  [
    "alternatives-became-exclusive",
    "breaking",
    "additive",
    "alternatives-may-overlap",
    { anyOf: [cat, dog] },
    { oneOf: [cat, dog] },
  ],
  [
    "alternatives-may-overlap",
    "additive",
    "additive",
    "alternatives-became-exclusive",
    { oneOf: [cat, dog] },
    { anyOf: [cat, dog] },
  ],
  [
    "discriminator-changed",
    "additive",
    "additive",
    "discriminator-changed",
    { oneOf: [cat, dog] },
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
  ],

  [
    "condition-added",
    "breaking",
    "additive",
    "condition-removed",
    cat,
    { ...cat, not: { required: ["bark"] } },
  ],
  [
    "condition-removed",
    "additive",
    "breaking",
    "condition-added",
    { ...cat, not: { required: ["bark"] } },
    cat,
  ],
  [
    "condition-changed",
    "breaking",
    "breaking",
    "condition-changed",
    { ...cat, not: { required: ["bark"] } },
    { ...cat, not: { required: ["moo"] } },
  ],
  ["default-changed", "additive", "additive", "default-changed", text, { ...text, default: "a" }],
  [
    "deprecation-changed",
    "additive",
    "additive",
    "deprecation-changed",
    text,
    { ...text, deprecated: true },
  ],
  ["xml-changed", "additive", "additive", "xml-changed", text, { ...text, xml: { name: "a" } }],
  [
    "unknown-changed",
    "breaking",
    "breaking",
    "unknown-changed",
    text,
    { ...text, surprising: true },
  ],
  ["docs-changed", "docs", "docs", "docs-changed", text, { ...text, description: "a text" }],
];

export const schemaCases: SchemaCase[] = rows.map(([rule, request, response, back, from, to]) => ({
  rule,
  request,
  response,
  back,
  from,
  to,
}));
