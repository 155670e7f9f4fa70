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
  ["a reworded API", "docs", set("/info/description", "Keeps money.")],
  ["different external docs", "docs", set("/externalDocs/url", "https://bank.test/help")],
  ["a different default address", "breaking", set("/servers/0/url", "https://bank.test/v2")],
  [
    "a different address for a path",
    "breaking",
    set(`${payments}/servers/0/url`, "https://pay.test"),
  ],
  ["a path without an address of its own", "breaking", remove(`${payments}/servers`)],
  [
    "one more address for a path",
    "additive",
    set(`${payments}/servers/1`, { url: "https://b.test" }),
  ],
  ["a path removed", "breaking", remove("/paths/~1rates")],
  ["a different operationId", "additive", set(`${payments}/post/operationId`, "transfer")],

  [
    "an additional required scope",
    "breaking",
    set(`${payments}/post/security/0/login`, ["write", "read"]),
  ],
  ["one way to authenticate less", "breaking", remove(`${payments}/get/security/1`)],
  ["one more way to authenticate", "additive", set(`${payments}/post/security/1`, { key: [] })],
  ["the key in a header", "breaking", set(`${components}/securitySchemes/key/in`, "header")],
  [
    "the key with a different name",
    "breaking",
    set(`${components}/securitySchemes/key/name`, "api_key"),
  ],
  [
    "a different OpenID address",
    "breaking",
    set(`${components}/securitySchemes/openId/openIdConnectUrl`, "https://b.test"),
  ],
  [
    "a different authorization address",
    "breaking",
    set(`${flows}/authorizationCode/authorizationUrl`, "https://b.test"),
  ],
  [
    "a different refresh address",
    "breaking",
    set(`${flows}/authorizationCode/refreshUrl`, "https://b.test"),
  ],
  ["a flow removed", "breaking", remove(`${flows}/implicit`)],
  [
    "a flow added",
    "additive",
    set(`${flows}/clientCredentials`, { tokenUrl: "https://b.test", scopes: {} }),
  ],
  ["a scope removed", "breaking", remove(`${flows}/implicit/scopes/read`)],
  ["a reworded scope", "docs", set(`${flows}/authorizationCode/scopes/write`, "moves money")],

  ["a different format in the path", "breaking", set(`${schemas}/Id/format`, "ulid")],
  ["a different example in the path", "docs", set(`${schemas}/Id/example`, "x")],
  ["a reworded parameter", "docs", set(`${components}/parameters/Page/description`, "from 0 on")],
  [
    "a different default of a parameter",
    "breaking",
    set(`${components}/parameters/Page/schema/default`, 2),
  ],
  ["a parameter made required", "breaking", set(`${components}/parameters/Page/required`, true)],
  ["a different style", "breaking", set(`${components}/parameters/States/style`, "spaceDelimited")],
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
  ["a header made optional", "additive", remove(`${components}/parameters/Idempotency/required`)],
  [
    "a shorter header",
    "breaking",
    set(`${components}/parameters/Idempotency/schema/maxLength`, 30),
  ],
  ["a parameter removed from one operation", "breaking", remove(`${payments}/get/parameters/0`)],

  ["a body made optional", "additive", remove(`${components}/requestBodies/Payment/required`)],
  [
    "a reworded body",
    "docs",
    set(`${components}/requestBodies/Payment/description`, "what is due"),
  ],
  ["a body made required", "breaking", set(`${components}/requestBodies/Statement/required`, true)],
  ["a body removed", "breaking", remove(`${payments}/post/requestBody`)],
  ["a different example", "docs", set(`${components}/examples/Small/value/amount`, 4)],
  [
    "a media type removed",
    "breaking",
    remove(`${components}/requestBodies/Payment/content/application~1x-www-form-urlencoded`),
  ],
  [
    "a different content type for a part",
    "breaking",
    set(
      `${components}/requestBodies/Statement/content/multipart~1form-data/encoding/lines/contentType`,
      "text/plain",
    ),
  ],
  [
    "a header of a part removed",
    "breaking",
    remove(
      `${components}/requestBodies/Statement/content/multipart~1form-data/encoding/scan/headers/X-Page`,
    ),
  ],

  ["a field of a shared object removed", "breaking", remove(`${schemas}/Party/properties/address`)],
  ["a field of a shared object added", "additive", set(`${schemas}/Party/properties/phone`, text)],
  [
    "a field in a cycle of objects made required",
    "breaking",
    set(`${schemas}/Address/required`, ["city"]),
  ],
  ["a closed object in a cycle", "breaking", set(`${schemas}/Address/additionalProperties`, false)],
  ["an open object", "additive", remove(`${schemas}/Payment/additionalProperties`)],
  ["null refused around allOf", "breaking", remove(`${field("via")}/nullable`)],
  ["null refused", "breaking", set(`${field("reference")}/nullable`, false)],
  ["any string", "additive", remove(`${field("reference")}/pattern`)],
  ["repeated items", "additive", set(`${field("tags")}/uniqueItems`, false)],
  ["more required items", "breaking", set(`${field("tags")}/minItems`, 2)],
  [
    "a different type in a map",
    "breaking",
    set(`${field("metadata")}/additionalProperties/type`, "integer"),
  ],
  ["fewer keys in a map", "breaking", set(`${field("metadata")}/maxProperties`, 8)],
  ["a different format of a field", "breaking", set(`${field("callback")}/format`, "email")],
  ["one of two fields, any of them", "additive", rename(`${schemas}/Payment/oneOf`, "anyOf")],
  [
    "one of two fields, or a third",
    "additive",
    set(`${schemas}/Payment/oneOf/2`, { required: ["callback"] }),
  ],
  ["a read-only field that may be sent", "additive", remove(`${field("fee")}/readOnly`)],
  [
    "a value removed in an alternative",
    "breaking",
    set(`${field("priority")}/anyOf/1/enum`, ["high"]),
  ],
  [
    "an alternative of a bare type added",
    "additive",
    set(`${field("priority")}/anyOf/2`, { type: "boolean" }),
  ],
  ["an alternative of a bare type removed", "breaking", remove(`${field("priority")}/anyOf/0`)],

  ["a shared amount made optional", "breaking", set(`${schemas}/Money/required`, ["currency"])],
  [
    "a shared amount without a limit",
    "breaking",
    remove(`${schemas}/Money/properties/amount/minimum`),
  ],
  [
    "a shared amount in a different format",
    "breaking",
    set(`${schemas}/Money/properties/amount/format`, "double"),
  ],
  [
    "a different default of a shared field",
    "additive",
    set(`${schemas}/Money/properties/currency/default`, "USD"),
  ],
  [
    "a value added in what is sent and received",
    "additive",
    set(`${schemas}/State/enum/3`, "late"),
  ],
  ["a value removed in what is sent and received", "breaking", remove(`${schemas}/State/enum/2`)],

  ["a returned field made optional", "breaking", set(`${state}/required`, ["id"])],
  ["null no longer returned", "additive", set(`${state}/properties/note/nullable`, false)],
  ["a wider format returned", "breaking", set(`${state}/properties/count/format`, "int64")],
  ["a field of one alternative removed", "breaking", remove(`${schemas}/Sent/properties/at`)],
  [
    "a field of one alternative no longer deprecated",
    "additive",
    remove(`${schemas}/Returned/properties/why/deprecated`),
  ],
  ["an alternative removed from a response", "additive", remove(`${schemas}/Step/oneOf/1`)],
  [
    "a different value for an alternative",
    "additive",
    rename(`${schemas}/Step/discriminator/mapping/sent`, "gone"),
  ],
  [
    "a media type removed from a range of responses",
    "breaking",
    remove(`${components}/responses/Payments/content/text~1csv`),
  ],
  [
    "a header removed from three operations",
    "breaking",
    remove(`${components}/responses/TooMany/headers/X-Limit`),
  ],
  [
    "a header with a different type",
    "additive",
    set(`${components}/headers/Next/schema/type`, "integer"),
  ],
  ["a header no longer deprecated", "additive", remove(`${components}/headers/Etag/deprecated`)],
  [
    "a header described by content of a different type",
    "additive",
    set(`${components}/headers/Etag/content/text~1plain/schema`, { type: "object" }),
  ],
  ["a reworded header", "docs", set(`${components}/headers/Limit/description`, "calls today")],
  ["a reworded response", "docs", set(`${components}/responses/TooMany/description`, "not now")],
  [
    "more details about a failure",
    "breaking",
    remove(`${schemas}/Failure/properties/details/maxItems`),
  ],
  ["a failure removed", "additive", remove("/paths/~1rates/get/responses/404")],
  [
    "a different parameter of a link",
    "additive",
    set(`${components}/links/Payment/parameters/id`, "$response.body#/id"),
  ],
  [
    "a callback at a different address",
    "breaking",
    rename(
      `${components}/callbacks/Settled/{$request.body#~1callback}`,
      "{$request.query.callback}",
    ),
  ],
  ["a callback removed", "breaking", remove(`${payments}/post/callbacks/settled`)],
  ["a different name in XML", "additive", set(`${schemas}/Rates/xml/name`, "list")],
  [
    "an exclusive limit made inclusive",
    "breaking",
    remove(`${schemas}/Rates/additionalProperties/exclusiveMinimum`),
  ],
];
