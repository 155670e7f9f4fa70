import { isObject } from "../../openapi/json.js";
import { sampleSuccess } from "../document/sample.js";
import type { Handler } from "./handler.js";

/** The behaviour of an operation that is newer than this emulator: it answers the spec's example. */
export const respondFromSpec: Handler = {
  perform({ operation, requestId }, { document }) {
    const body = sampleSuccess(document, operation);
    if (!isObject(body)) return {};
    return "request_id" in body ? { ...body, request_id: requestId } : body;
  },
};
