// Imported rather than read from a file, so that a program which bundles the emulator needs no
// file.
import document from "../../generated/openapi.json" with { type: "json" };
import type { JsonObject } from "../../openapi/json.js";

/** The document that this package was built from. It must not be changed. */
export const bundledDocument: JsonObject = document;
