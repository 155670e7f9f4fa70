import { remove, rename, set, type Mutation } from "./mutation.js";

const get = "/paths/~1animals~1{name}/get";
const put = "/paths/~1animals~1{name}/put";
const born = "/webhooks/born/post";
const schemas = "/components/schemas";
const field = (name: string) => `${schemas}/NewAnimal/properties/${name}`;

/** Changes to `zoo.yaml`: OpenAPI 3.1 with webhooks, inheritance and all of JSON Schema. */
export const zooMutations: Mutation[] = [
  ["a different summary of the API", "docs", set("/info/summary", "Who lives there.")],
  ["a different dialect", "docs", set("/jsonSchemaDialect", "https://zoo.test/dialect")],
  [
    "a different default of a server variable",
    "breaking",
    set("/servers/0/variables/region/default", "us"),
  ],
  [
    "fewer values of a server variable",
    "additive",
    set("/servers/0/variables/region/enum", ["eu"]),
  ],
  ["a reworded server variable", "docs", set("/servers/0/variables/region/description", "place")],
  [
    "a different authentication scheme",
    "breaking",
    set("/components/securitySchemes/token/scheme", "basic"),
  ],
  ["a reworded token", "docs", set("/components/securitySchemes/token/bearerFormat", "opaque")],
  ["a reworded tag", "docs", set("/tags/0/description", "every one")],
  ["different tags of an operation", "docs", set(`${get}/tags`, ["zoo"])],
  ["a different summary of a path", "docs", set("/paths/~1animals~1{name}/summary", "an animal")],
  ["a longer string in the path", "breaking", set(`${schemas}/Name/minLength`, 2)],
  ["a different style in the query", "breaking", set(`${get}/parameters/0/style`, "form")],
  [
    "a value removed in the query",
    "breaking",
    set(`${schemas}/Filter/properties/color/enum`, ["red"]),
  ],
  ["a lower limit in the query", "breaking", set(`${schemas}/Filter/properties/age/maximum`, 98)],
  ["a different format in a header", "breaking", set(`${get}/parameters/1/schema/format`, "date")],
  ["a header made required", "breaking", set(`${get}/parameters/1/required`, true)],
  ["a cookie removed", "breaking", remove(`${get}/parameters/2`)],
  ["a closer position", "breaking", set(`${schemas}/Position/prefixItems/0/minimum`, -80)],
  ["a third coordinate", "additive", set(`${schemas}/Position/prefixItems/2`, { type: "number" })],
  ["any further coordinate", "additive", remove(`${schemas}/Position/items`)],
  [
    "a response with a different type",
    "breaking",
    set(`${schemas}/Animal/properties/kind/type`, "integer"),
  ],
  [
    "a returned field added",
    "additive",
    set(`${schemas}/Animal/properties/age`, { type: "integer" }),
  ],
  [
    "a wider field of a subtype",
    "breaking",
    set(`${schemas}/Cat/allOf/1/properties/lives/maximum`, 10),
  ],
  ["a field of a subtype made optional", "breaking", remove(`${schemas}/Cat/allOf/1/required`)],
  [
    "null removed in a subtype",
    "additive",
    set(`${schemas}/Dog/allOf/1/properties/barks/type`, "boolean"),
  ],
  ["a subtype added", "breaking", set(`${schemas}/Animal/discriminator/mapping/cow`, "Cat")],
  ["a subtype removed", "additive", remove(`${schemas}/Animal/discriminator/mapping/dog`)],
  [
    "a different discriminator property",
    "additive",
    set(`${schemas}/Animal/discriminator/propertyName`, "name"),
  ],
  [
    "wording beside a reference",
    "docs",
    set(`${schemas}/Animal/properties/name/description`, "of it"),
  ],
  ["a limit beside a reference", "additive", set(`${schemas}/Animal/properties/name/maxLength`, 9)],
  ["a code added", "additive", set(`${schemas}/Problem/properties/code/enum/2`, "FED")],
  [
    "a number of a failure that may be negative",
    "breaking",
    remove(`${schemas}/Problem/properties/retry/minimum`),
  ],

  ["a different constant", "breaking", set(`${field("kind")}/const`, "other")],
  ["null refused", "breaking", set(`${field("nickname")}/type`, "string")],
  ["different examples", "docs", set(`${field("nickname")}/examples`, ["Kiki"])],
  ["one of two types removed", "breaking", set(`${field("legs")}/type`, ["integer"])],
  ["a third type", "additive", set(`${field("legs")}/type`, ["integer", "string", "boolean"])],
  ["a higher exclusive limit", "additive", set(`${field("weight")}/exclusiveMaximum`, 9001)],
  [
    "an exclusive limit made inclusive",
    "additive",
    set(field("weight"), { type: "number", minimum: 0, exclusiveMaximum: 9000 }),
  ],
  ["steps in $defs", "breaking", set(`${schemas}/NewAnimal/$defs/size/multipleOf`, 1)],
  ["a different required item", "breaking", set(`${field("tags")}/contains/const`, "ark")],
  ["more required items", "breaking", set(`${field("tags")}/minContains`, 2)],
  ["no limit on such items", "additive", remove(`${field("tags")}/maxContains`)],
  [
    "a different type for a pattern of names",
    "breaking",
    set(`${field("labels")}/patternProperties/^x-/type`, "integer"),
  ],
  [
    "a different pattern of names",
    "additive",
    set(`${field("labels")}/patternProperties/^y-`, { type: "string" }),
  ],
  ["longer names", "additive", set(`${field("labels")}/propertyNames/maxLength`, 10)],
  ["a different encoding", "breaking", set(`${field("photo")}/contentEncoding`, "base32")],
  [
    "a different media type in a string",
    "breaking",
    set(`${field("scan")}/contentMediaType`, "image/gif"),
  ],
  ["a different format", "breaking", set(`${field("born")}/format`, "time")],
  [
    "a field made required in an alternative",
    "breaking",
    set(`${field("food")}/oneOf/1/required`, ["plant", "soil"]),
  ],
  [
    "an alternative added",
    "additive",
    set(`${field("food")}/oneOf/2`, {
      type: "object",
      required: ["fish"],
      properties: { fish: { type: "string" } },
    }),
  ],
  ["an alternative removed", "breaking", remove(`${field("food")}/oneOf/0`)],
  ["alternatives that may overlap", "additive", rename(`${field("food")}/oneOf`, "anyOf")],
  ["additional properties", "additive", remove(`${field("keeper")}/unevaluatedProperties`)],
  ["one of mixed values removed", "breaking", set(`${field("chip")}/enum`, ["a", null])],
  [
    "a field required by another",
    "breaking",
    set(`${schemas}/NewAnimal/dependentRequired/photo`, ["born", "weight"]),
  ],
  ["no field required by another", "additive", remove(`${schemas}/NewAnimal/dependentRequired`)],
  [
    "a limit if a field is present",
    "breaking",
    set(`${schemas}/NewAnimal/dependentSchemas/scan/properties/resolution/maximum`, 9),
  ],
  ["a different condition", "breaking", set(`${schemas}/NewAnimal/if/properties/legs/const`, 2)],
  [
    "fewer values if the condition holds",
    "breaking",
    set(`${schemas}/NewAnimal/then/maxProperties`, 4),
  ],
  ["fewer values if it does not hold", "additive", remove(`${schemas}/NewAnimal/else`)],
  ["both at once allowed", "additive", remove(`${schemas}/NewAnimal/not`)],
  [
    "different mutually exclusive fields",
    "breaking",
    set(`${schemas}/NewAnimal/not/required`, ["url", "born"]),
  ],

  ["a returned id made optional", "breaking", remove(`${schemas}/Kept/required`)],
  [
    "a value beside null",
    "additive",
    set(`${schemas}/Kept/properties/state/anyOf/0/enum`, ["in", "out", "ill"]),
  ],
  ["null no longer allowed", "additive", remove(`${schemas}/Kept/properties/state/anyOf/1`)],
  [
    "a different default in a response",
    "additive",
    set(`${schemas}/Kept/properties/since/default`, "then"),
  ],
  [
    "a write-only field that is returned",
    "additive",
    remove(`${schemas}/Kept/properties/secret/writeOnly`),
  ],

  ["a webhook removed", "breaking", remove("/webhooks/escaped")],
  [
    "a webhook added",
    "additive",
    set("/webhooks/fed", { post: { responses: { 204: { description: "" } } } }),
  ],
  ["a webhook's field removed", "breaking", remove(`${schemas}/Birth/properties/weight`)],
  ["a webhook's field made optional", "breaking", set(`${schemas}/Birth/required`, ["animal"])],
  ["a webhook's body made optional", "breaking", set(`${born}/requestBody/required`, false)],
  ["a response of a webhook removed", "breaking", remove(`${born}/responses/204`)],
  ["a method's response removed", "breaking", remove(`${put}/responses/200`)],
];
