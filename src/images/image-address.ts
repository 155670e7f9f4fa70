import { PikzelsInputError } from "../wrappers/errors/input-error.js";
import { isSafeToReach } from "../wrappers/options/base-url.js";

/** @throws {PikzelsInputError} for what is no address, or would be reached unencrypted. */
export function checkedAddress(address: unknown, base?: URL): URL {
  if (typeof address === "string" && URL.canParse(address, base)) {
    const url = new URL(address, base);
    if (isSafeToReach(url)) return url;
  }
  throw new PikzelsInputError("An image is only fetched from an https address.");
}
