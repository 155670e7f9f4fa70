import { copyForeignError } from "../transport/connection.js";
import { environmentVariable } from "./environment.js";
import { PikzelsInputError } from "./errors/classes.js";

/** The key, or a function that is called for it before each request, so that keys can rotate. */
export type ApiKey = string | (() => string | Promise<string>);

/**
 * Makes the function that gives the key. It is the only holder of the key: nothing that can be
 * inspected, serialised or thrown refers to it.
 *
 * @throws {PikzelsInputError} at once if the key is missing or malformed. A key that a function gives
 * is checked when it is asked for.
 */
export function createKeyProvider(apiKey: ApiKey | undefined): () => Promise<string> | string {
  if (typeof apiKey !== "function") {
    const key =
      apiKey === undefined
        ? checkKey(environmentVariable(VARIABLE), `the environment variable ${VARIABLE}`)
        : checkKey(apiKey, "the apiKey option");
    return () => key;
  }
  return async () => {
    let key;
    try {
      key = await apiKey();
    } catch (cause) {
      const copy = copyForeignError(cause, "");
      throw new PikzelsInputError("The apiKey function failed.", { cause: copy });
    }
    return checkKey(key, "what the apiKey function gave");
  };
}

const VARIABLE = "PIKZELS_API_KEY";

/** Printable ASCII only: anything else is not a valid header, or could end it and start another. */
const KEY = /^pkz_[!-~]+$/;

function checkKey(key: unknown, from: string): string {
  if (typeof key === "string" && KEY.test(key)) return key;
  if (key === undefined || key === "") {
    const empty = key === "" ? `${from} is empty; ` : "";
    throw new PikzelsInputError(`There is no API key: ${empty}set ${VARIABLE}, or pass apiKey.`);
  }
  throw new PikzelsInputError(
    `The API key is malformed: ${from} must start with "pkz_" and have no spaces or line breaks.`,
  );
}
