import type { JsonObject } from "../../src/openapi/json.js";
import type { HttpMethod } from "../../src/openapi/methods.js";
import type { OpenApiVersion } from "../../src/openapi/version.js";

/** A fragment whose shape is checked, down to what merging relies on. */
export interface Fragment {
  document: JsonObject;
  version: OpenApiVersion;
  operation: FragmentOperation;
}

/** The one operation of a fragment. */
export interface FragmentOperation {
  /** The map it stands in: `webhooks` are what the service calls (OpenAPI 3.1). */
  section: "paths" | "webhooks";
  /** Its key there: a path template, or a webhook's name. */
  name: string;
  /** In lower case, as a path item spells it. */
  method: HttpMethod;
  definition: JsonObject;
  /** The path item, and the keys to it in the fragment: not `[section, name]` if it is a `$ref`. */
  pathItem: JsonObject;
  pathItemKeys: string[];
}
