import { environmentVariable } from "./environment.js";
import { PikzelsInputError } from "./errors/classes.js";

/** The key, or a function that is asked for it before each request, so that keys can rotate. */
export type ApiKey = string | (() => string | Promise<string>);

/**
 * Makes the function that gives the key. It is the only holder of the key: nothing that can be
 * inspected, serialised or thrown refers to it.
 *
 * @throws {PikzelsInputError} at once if the key is missing or malformed. A key that a function gives
 * is checked when it is asked for.
 */
export function createKeyProvider(
  apiKey: ApiKey | undefined = environmentVariable("PIKZELS_API_KEY"),
): () => Promise<string> | string {
  if (typeof apiKey !== "function") {
    const key = checkKey(apiKey);
    return () => key;
  }
  return async () => {
    let key;
    try {
      key = await apiKey();
    } catch (cause) {
      throw new PikzelsInputError("The apiKey function failed.", { cause });
    }
    return checkKey(key);
  };
}

/** Printable ASCII only: anything else could not be a header, or could end it and start another. */
const KEY = /^pkz_[!-~]+$/;

function checkKey(key: unknown): string {
  if (typeof key === "string" && KEY.test(key)) return key;
  const problem = key
    ? 'The API key is malformed: it starts with "pkz_" and has no spaces or line breaks.'
    : "There is no API key: pass apiKey or set PIKZELS_API_KEY.";
  throw new PikzelsInputError(problem);
}
