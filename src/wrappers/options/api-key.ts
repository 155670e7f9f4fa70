import { PikzelsInputError } from "../errors/input-error.js";
import { environmentVariable } from "./environment.js";
import type { ApiKey } from "./options.js";

/**
 * A function that gives the key. It is the only holder of it: nothing that can be inspected,
 * serialised or thrown refers to the key.
 *
 * @throws {PikzelsInputError} at once where the key is missing or has the wrong shape; a key that a
 * function gives is checked when it is asked for.
 */
export function keeperOf(
  apiKey: ApiKey | undefined = environmentVariable("PIKZELS_API_KEY"),
): () => Promise<string> | string {
  if (typeof apiKey !== "function") {
    const key = checkedKey(apiKey);
    return () => key;
  }
  return async () => {
    let key;
    try {
      key = await apiKey();
    } catch (cause) {
      throw new PikzelsInputError("The apiKey function failed.", { cause });
    }
    return checkedKey(key);
  };
}

/** Printable ASCII only: anything else could not be a header, or could end it and start another. */
const KEY = /^pkz_[!-~]+$/;

function checkedKey(key: unknown): string {
  if (typeof key === "string" && KEY.test(key)) return key;
  const problem = key
    ? 'The API key is malformed: it starts with "pkz_" and has no spaces or line breaks.'
    : "There is no API key: pass apiKey or set PIKZELS_API_KEY.";
  throw new PikzelsInputError(problem);
}
