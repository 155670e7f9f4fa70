import { Refusal } from "./refusal.js";

/**
 * The JSON value of a request body; undefined for an empty one.
 *
 * @throws {Refusal} `VALIDATION_ERROR` for a body that is not JSON, or not announced as such.
 */
export function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) return undefined;
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? ""))
    throw invalidBody(`must be sent as application/json, not ${contentType ?? "without a type"}`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw invalidBody("must be valid JSON in UTF-8");
  }
}

function invalidBody(problem: string): Refusal {
  return new Refusal("VALIDATION_ERROR", { details: [{ message: `the body ${problem}` }] });
}
