import { remove, rename, set, type Mutation } from "./mutation.js";

const payments = "/paths/~1accounts~1{id}~1payments";
const components = "/components";
const flows = `${components}/securitySchemes/login/flows`;
const schemas = `${components}/schemas`;
const field = (name: string) => `${schemas}/Payment/properties/${name}`;
const state = `${schemas}/PaymentState/allOf/1`;
const text = { type: "string" };

/** Changes to `bank.yaml`: OpenAPI 3.0 in which everything that can be a component is one. */
export const bankMutations: Mutation[] = [
  ["other words for the API", "docs", set("/info/description", "Keeps money.")],
  ["other further docs", "docs", set("/externalDocs/url", "https://bank.test/help")],
  ["another default address", "breaking", set("/servers/0/url", "https://bank.test/v2")],
  ["another address of a path", "breaking", set(`${payments}/servers/0/url`, "https://pay.test")],
  ["a path no longer at an address of its own", "breaking", remove(`${payments}/servers`)],
  [
    "one more address of a path",
    "additive",
    set(`${payments}/servers/1`, { url: "https://b.test" }),
  ],
  ["a path gone", "breaking", remove("/paths/~1rates")],
  ["another operationId", "additive", set(`${payments}/post/operationId`, "transfer")],

  [
    "a further scope needed",
    "breaking",
    set(`${payments}/post/security/0/login`, ["write", "read"]),
  ],
  ["one way in less", "breaking", remove(`${payments}/get/security/1`)],
  ["one way in more", "additive", set(`${payments}/post/security/1`, { key: [] })],
  ["the key in a header", "breaking", set(`${components}/securitySchemes/key/in`, "header")],
  [
    "the key under another name",
    "breaking",
    set(`${components}/securitySchemes/key/name`, "api_key"),
  ],
  [
    "another address for OpenID",
    "breaking",
    set(`${components}/securitySchemes/openId/openIdConnectUrl`, "https://b.test"),
  ],
  [
    "another address to ask at",
    "breaking",
    set(`${flows}/authorizationCode/authorizationUrl`, "https://b.test"),
  ],
  [
    "another address to refresh at",
    "breaking",
    set(`${flows}/authorizationCode/refreshUrl`, "https://b.test"),
  ],
  ["a flow gone", "breaking", remove(`${flows}/implicit`)],
  [
    "a flow new",
    "additive",
    set(`${flows}/clientCredentials`, { tokenUrl: "https://b.test", scopes: {} }),
  ],
  ["a scope gone", "breaking", remove(`${flows}/implicit/scopes/read`)],
  [
    "other words for a scope",
    "docs",
    set(`${flows}/authorizationCode/scopes/write`, "moves money"),
  ],

  ["another format in the path", "breaking", set(`${schemas}/Id/format`, "ulid")],
  ["another example in the path", "docs", set(`${schemas}/Id/example`, "x")],
  [
    "other words for a parameter",
    "docs",
    set(`${components}/parameters/Page/description`, "from 0 on"),
  ],
  [
    "another default of a parameter",
    "breaking",
    set(`${components}/parameters/Page/schema/default`, 2),
  ],
  ["a parameter required", "breaking", set(`${components}/parameters/Page/required`, true)],
  ["another style", "breaking", set(`${components}/parameters/States/style`, "spaceDelimited")],
  [
    "more items in the query",
    "additive",
    set(`${components}/parameters/States/schema/maxItems`, 4),
  ],
  [
    "reserved characters in the query",
    "breaking",
    set(`${components}/parameters/States/allowReserved`, true),
  ],
  ["a header optional", "additive", remove(`${components}/parameters/Idempotency/required`)],
  [
    "a shorter header",
    "breaking",
    set(`${components}/parameters/Idempotency/schema/maxLength`, 30),
  ],
  ["a parameter gone from one operation", "breaking", remove(`${payments}/get/parameters/0`)],

  ["a body optional", "additive", remove(`${components}/requestBodies/Payment/required`)],
  [
    "other words for a body",
    "docs",
    set(`${components}/requestBodies/Payment/description`, "what is due"),
  ],
  ["a body required", "breaking", set(`${components}/requestBodies/Statement/required`, true)],
  ["a body gone", "breaking", remove(`${payments}/post/requestBody`)],
  ["another example", "docs", set(`${components}/examples/Small/value/amount`, 4)],
  [
    "a media type gone",
    "breaking",
    remove(`${components}/requestBodies/Payment/content/application~1x-www-form-urlencoded`),
  ],
  [
    "another content type of a part",
    "breaking",
    set(
      `${components}/requestBodies/Statement/content/multipart~1form-data/encoding/lines/contentType`,
      "text/plain",
    ),
  ],
  [
    "a header of a part gone",
    "breaking",
    remove(
      `${components}/requestBodies/Statement/content/multipart~1form-data/encoding/scan/headers/X-Page`,
    ),
  ],

  ["a field of a shared object gone", "breaking", remove(`${schemas}/Party/properties/address`)],
  ["a field of a shared object new", "additive", set(`${schemas}/Party/properties/phone`, text)],
  [
    "a field of a circle of objects required",
    "breaking",
    set(`${schemas}/Address/required`, ["city"]),
  ],
  [
    "a closed object inside a circle",
    "breaking",
    set(`${schemas}/Address/additionalProperties`, false),
  ],
  ["an open object", "additive", remove(`${schemas}/Payment/additionalProperties`)],
  ["null refused around allOf", "breaking", remove(`${field("via")}/nullable`)],
  ["null refused", "breaking", set(`${field("reference")}/nullable`, false)],
  ["any text", "additive", remove(`${field("reference")}/pattern`)],
  ["items that repeat", "additive", set(`${field("tags")}/uniqueItems`, false)],
  ["more items needed", "breaking", set(`${field("tags")}/minItems`, 2)],
  [
    "another type in a map",
    "breaking",
    set(`${field("metadata")}/additionalProperties/type`, "integer"),
  ],
  ["fewer keys in a map", "breaking", set(`${field("metadata")}/maxProperties`, 8)],
  ["another format of a field", "breaking", set(`${field("callback")}/format`, "email")],
  ["one of two fields, any of them", "additive", rename(`${schemas}/Payment/oneOf`, "anyOf")],
  [
    "one of two fields, or a third",
    "additive",
    set(`${schemas}/Payment/oneOf/2`, { required: ["callback"] }),
  ],
  ["what was read-only sent", "additive", remove(`${field("fee")}/readOnly`)],
  [
    "a value gone in an alternative",
    "breaking",
    set(`${field("priority")}/anyOf/1/enum`, ["high"]),
  ],
  [
    "an alternative of a bare type new",
    "additive",
    set(`${field("priority")}/anyOf/2`, { type: "boolean" }),
  ],
  ["an alternative of a bare type gone", "breaking", remove(`${field("priority")}/anyOf/0`)],

  ["a shared amount optional", "breaking", set(`${schemas}/Money/required`, ["currency"])],
  [
    "a shared amount without limit",
    "breaking",
    remove(`${schemas}/Money/properties/amount/minimum`),
  ],
  [
    "a shared amount in another format",
    "breaking",
    set(`${schemas}/Money/properties/amount/format`, "double"),
  ],
  [
    "another default of a shared field",
    "additive",
    set(`${schemas}/Money/properties/currency/default`, "USD"),
  ],
  ["a value new in what is sent and received", "additive", set(`${schemas}/State/enum/3`, "late")],
  ["a value gone in what is sent and received", "breaking", remove(`${schemas}/State/enum/2`)],

  ["an answered field optional", "breaking", set(`${state}/required`, ["id"])],
  ["null no longer answered", "additive", set(`${state}/properties/note/nullable`, false)],
  ["a wider format answered", "breaking", set(`${state}/properties/count/format`, "int64")],
  ["a field of one alternative gone", "breaking", remove(`${schemas}/Sent/properties/at`)],
  [
    "a field of one alternative no longer deprecated",
    "additive",
    remove(`${schemas}/Returned/properties/why/deprecated`),
  ],
  ["an alternative gone from what is answered", "additive", remove(`${schemas}/Step/oneOf/1`)],
  [
    "another value for an alternative",
    "additive",
    rename(`${schemas}/Step/discriminator/mapping/sent`, "gone"),
  ],
  [
    "a media type gone from a range of answers",
    "breaking",
    remove(`${components}/responses/Payments/content/text~1csv`),
  ],
  [
    "a header gone from three operations",
    "breaking",
    remove(`${components}/responses/TooMany/headers/X-Limit`),
  ],
  [
    "a header in another type",
    "additive",
    set(`${components}/headers/Next/schema/type`, "integer"),
  ],
  ["a header no longer deprecated", "additive", remove(`${components}/headers/Etag/deprecated`)],
  [
    "a header described by content in another type",
    "additive",
    set(`${components}/headers/Etag/content/text~1plain/schema`, { type: "object" }),
  ],
  [
    "other words for a header",
    "docs",
    set(`${components}/headers/Limit/description`, "calls today"),
  ],
  [
    "other words for an answer",
    "docs",
    set(`${components}/responses/TooMany/description`, "not now"),
  ],
  [
    "more details of a failure",
    "breaking",
    remove(`${schemas}/Failure/properties/details/maxItems`),
  ],
  ["a failure gone", "additive", remove("/paths/~1rates/get/responses/404")],
  [
    "another parameter of a link",
    "additive",
    set(`${components}/links/Payment/parameters/id`, "$response.body#/id"),
  ],
  [
    "a callback at another address",
    "breaking",
    rename(
      `${components}/callbacks/Settled/{$request.body#~1callback}`,
      "{$request.query.callback}",
    ),
  ],
  ["a callback gone", "breaking", remove(`${payments}/post/callbacks/settled`)],
  ["another name in XML", "additive", set(`${schemas}/Rates/xml/name`, "list")],
  [
    "an excluded limit included",
    "breaking",
    remove(`${schemas}/Rates/additionalProperties/exclusiveMinimum`),
  ],
];
