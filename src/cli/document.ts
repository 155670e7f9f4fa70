import { readFileSync } from "node:fs";
import type { JsonObject } from "../openapi/json.js";

/** Reads the OpenAPI document that this package was built from. */
export function readDocument(): JsonObject {
  // The same relative path from here and from the bundled package, in which this folder is one
  // file.
  const file = new URL("../generated/openapi.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as JsonObject;
}

/** The version of this package. */
export function packageVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(manifest) as { version?: unknown }).version);
}
