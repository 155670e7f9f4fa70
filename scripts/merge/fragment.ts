import type { JsonObject } from "../../src/openapi/json.js";
import type { HttpMethod } from "../../src/openapi/methods.js";
import type { OpenApiVersion } from "../../src/openapi/version.js";

/** A fragment whose shape has been checked as far as merging relies on it. */
export interface Fragment {
  document: JsonObject;
  version: OpenApiVersion;
  operation: FragmentOperation;
}

/** The one operation of a fragment. */
export interface FragmentOperation {
  /** The map that it is in: `webhooks` are requests that the service makes (OpenAPI 3.1). */
  section: "paths" | "webhooks";
  /** Its key in that map: a path template, or a webhook's name. */
  name: string;
  /** In lower case, as in a path item. */
  method: HttpMethod;
  definition: JsonObject;
  /** The path item, and the keys to it in the fragment: not `[section, name]` if it is a `$ref`. */
  pathItem: JsonObject;
  pathItemKeys: string[];
}
