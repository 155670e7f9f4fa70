import { remove, rename, set, type Mutation } from "./mutation.js";

const get = "/paths/~1animals~1{name}/get";
const put = "/paths/~1animals~1{name}/put";
const born = "/webhooks/born/post";
const schemas = "/components/schemas";
const field = (name: string) => `${schemas}/NewAnimal/properties/${name}`;

/** Changes to `zoo.yaml`: OpenAPI 3.1 with webhooks, inheritance and all of JSON Schema. */
export const zooMutations: Mutation[] = [
  ["another summary of the API", "docs", set("/info/summary", "Who lives there.")],
  ["another dialect", "docs", set("/jsonSchemaDialect", "https://zoo.test/dialect")],
  [
    "another default of a server's variable",
    "breaking",
    set("/servers/0/variables/region/default", "us"),
  ],
  [
    "fewer values of a server's variable",
    "additive",
    set("/servers/0/variables/region/enum", ["eu"]),
  ],
  [
    "other words for a server's variable",
    "docs",
    set("/servers/0/variables/region/description", "place"),
  ],
  [
    "another scheme of authentication",
    "breaking",
    set("/components/securitySchemes/token/scheme", "basic"),
  ],
  [
    "other words for a token",
    "docs",
    set("/components/securitySchemes/token/bearerFormat", "opaque"),
  ],
  ["other words for a tag", "docs", set("/tags/0/description", "every one")],
  ["other tags of an operation", "docs", set(`${get}/tags`, ["zoo"])],
  ["another summary of a path", "docs", set("/paths/~1animals~1{name}/summary", "an animal")],
  ["a longer text in the path", "breaking", set(`${schemas}/Name/minLength`, 2)],
  ["another style in the query", "breaking", set(`${get}/parameters/0/style`, "form")],
  [
    "a value gone in the query",
    "breaking",
    set(`${schemas}/Filter/properties/color/enum`, ["red"]),
  ],
  ["a lower limit in the query", "breaking", set(`${schemas}/Filter/properties/age/maximum`, 98)],
  ["another format in a header", "breaking", set(`${get}/parameters/1/schema/format`, "date")],
  ["a header required", "breaking", set(`${get}/parameters/1/required`, true)],
  ["a cookie gone", "breaking", remove(`${get}/parameters/2`)],
  ["a closer position", "breaking", set(`${schemas}/Position/prefixItems/0/minimum`, -80)],
  ["a third coordinate", "additive", set(`${schemas}/Position/prefixItems/2`, { type: "number" })],
  ["any further coordinate", "additive", remove(`${schemas}/Position/items`)],
  [
    "an answer in another type",
    "breaking",
    set(`${schemas}/Animal/properties/kind/type`, "integer"),
  ],
  [
    "an answered field new",
    "additive",
    set(`${schemas}/Animal/properties/age`, { type: "integer" }),
  ],
  [
    "a subtype's field wider",
    "breaking",
    set(`${schemas}/Cat/allOf/1/properties/lives/maximum`, 10),
  ],
  ["a subtype's field optional", "breaking", remove(`${schemas}/Cat/allOf/1/required`)],
  [
    "null gone in a subtype",
    "additive",
    set(`${schemas}/Dog/allOf/1/properties/barks/type`, "boolean"),
  ],
  ["a subtype new", "breaking", set(`${schemas}/Animal/discriminator/mapping/cow`, "Cat")],
  ["a subtype gone", "additive", remove(`${schemas}/Animal/discriminator/mapping/dog`)],
  [
    "another property tells subtypes apart",
    "additive",
    set(`${schemas}/Animal/discriminator/propertyName`, "name"),
  ],
  [
    "words beside a reference",
    "docs",
    set(`${schemas}/Animal/properties/name/description`, "of it"),
  ],
  ["a limit beside a reference", "additive", set(`${schemas}/Animal/properties/name/maxLength`, 9)],
  ["a code new", "additive", set(`${schemas}/Problem/properties/code/enum/2`, "FED")],
  [
    "a failure's number negative",
    "breaking",
    remove(`${schemas}/Problem/properties/retry/minimum`),
  ],

  ["another constant", "breaking", set(`${field("kind")}/const`, "other")],
  ["null refused", "breaking", set(`${field("nickname")}/type`, "string")],
  ["other examples", "docs", set(`${field("nickname")}/examples`, ["Kiki"])],
  ["one of two types gone", "breaking", set(`${field("legs")}/type`, ["integer"])],
  ["a third type", "additive", set(`${field("legs")}/type`, ["integer", "string", "boolean"])],
  ["an excluded limit higher", "additive", set(`${field("weight")}/exclusiveMaximum`, 9001)],
  [
    "an excluded limit included",
    "additive",
    set(field("weight"), { type: "number", minimum: 0, exclusiveMaximum: 9000 }),
  ],
  ["steps in $defs", "breaking", set(`${schemas}/NewAnimal/$defs/size/multipleOf`, 1)],
  ["another item that has to be there", "breaking", set(`${field("tags")}/contains/const`, "ark")],
  ["more items that have to be there", "breaking", set(`${field("tags")}/minContains`, 2)],
  ["no limit to such items", "additive", remove(`${field("tags")}/maxContains`)],
  [
    "another type for a pattern of names",
    "breaking",
    set(`${field("labels")}/patternProperties/^x-/type`, "integer"),
  ],
  [
    "another pattern of names",
    "additive",
    set(`${field("labels")}/patternProperties/^y-`, { type: "string" }),
  ],
  ["longer names", "additive", set(`${field("labels")}/propertyNames/maxLength`, 10)],
  ["another encoding", "breaking", set(`${field("photo")}/contentEncoding`, "base32")],
  [
    "another media type in a text",
    "breaking",
    set(`${field("scan")}/contentMediaType`, "image/gif"),
  ],
  ["another format", "breaking", set(`${field("born")}/format`, "time")],
  [
    "a field required in an alternative",
    "breaking",
    set(`${field("food")}/oneOf/1/required`, ["plant", "soil"]),
  ],
  [
    "an alternative new",
    "additive",
    set(`${field("food")}/oneOf/2`, {
      type: "object",
      required: ["fish"],
      properties: { fish: { type: "string" } },
    }),
  ],
  ["an alternative gone", "breaking", remove(`${field("food")}/oneOf/0`)],
  ["alternatives that may overlap", "additive", rename(`${field("food")}/oneOf`, "anyOf")],
  ["further properties", "additive", remove(`${field("keeper")}/unevaluatedProperties`)],
  ["one of mixed values gone", "breaking", set(`${field("chip")}/enum`, ["a", null])],
  [
    "a field required by another",
    "breaking",
    set(`${schemas}/NewAnimal/dependentRequired/photo`, ["born", "weight"]),
  ],
  ["no field required by another", "additive", remove(`${schemas}/NewAnimal/dependentRequired`)],
  [
    "a limit if a field is there",
    "breaking",
    set(`${schemas}/NewAnimal/dependentSchemas/scan/properties/resolution/maximum`, 9),
  ],
  ["another condition", "breaking", set(`${schemas}/NewAnimal/if/properties/legs/const`, 2)],
  ["less if the condition holds", "breaking", set(`${schemas}/NewAnimal/then/maxProperties`, 4)],
  ["less if it does not", "additive", remove(`${schemas}/NewAnimal/else`)],
  ["both at once allowed", "additive", remove(`${schemas}/NewAnimal/not`)],
  [
    "other fields that exclude each other",
    "breaking",
    set(`${schemas}/NewAnimal/not/required`, ["url", "born"]),
  ],

  ["an answered id optional", "breaking", remove(`${schemas}/Kept/required`)],
  [
    "a value that null is beside",
    "additive",
    set(`${schemas}/Kept/properties/state/anyOf/0/enum`, ["in", "out", "ill"]),
  ],
  ["no null any more", "additive", remove(`${schemas}/Kept/properties/state/anyOf/1`)],
  [
    "another default of an answer",
    "additive",
    set(`${schemas}/Kept/properties/since/default`, "then"),
  ],
  [
    "what only went in comes back",
    "additive",
    remove(`${schemas}/Kept/properties/secret/writeOnly`),
  ],

  ["a webhook gone", "breaking", remove("/webhooks/escaped")],
  [
    "a webhook new",
    "additive",
    set("/webhooks/fed", { post: { responses: { 204: { description: "" } } } }),
  ],
  ["a webhook's field gone", "breaking", remove(`${schemas}/Birth/properties/weight`)],
  ["a webhook's field optional", "breaking", set(`${schemas}/Birth/required`, ["animal"])],
  ["a webhook's body optional", "breaking", set(`${born}/requestBody/required`, false)],
  ["an answer of a webhook gone", "breaking", remove(`${born}/responses/204`)],
  ["a method's answer gone", "breaking", remove(`${put}/responses/200`)],
];
