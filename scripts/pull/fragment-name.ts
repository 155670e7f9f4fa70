import { createHash } from "node:crypto";
import type { Announced } from "../lib/openapi-block.js";
import { announcedTitle } from "../lib/openapi-block.js";

/** Well under the 255 bytes that file systems allow for a name. */
const MAX_LENGTH = 150;

/**
 * Names an operation's fragment file the way the published spec names the operation: `DELETE
 * /v2/pikzonality/{id}` → `delete_v2_pikzonality_id.yaml`, `GET /` → `get.yaml`.
 *
 * Docs pages are not ours, so only the letters, digits, `-` and `_` of a path are kept. If that
 * loses too much, or `isTaken` says that another operation has the name, a hash is added to tell
 * them apart.
 */
export function fragmentName(announced: Announced, isTaken = false): string {
  const isOperation = announced.kind === "operation";
  const [first, rest] = isOperation
    ? [announced.method.toLowerCase(), announced.path]
    : ["webhook", announced.name];
  const words = rest.match(/[A-Za-z0-9_-]+/g) ?? [];
  const name = [first, ...words].join("_");
  const isWhole = words.length > 0 || rest === "/";
  if (isWhole && !isTaken && name.length <= MAX_LENGTH) return `${name}.yaml`;
  const hash = createHash("sha256").update(announcedTitle(announced)).digest("hex").slice(0, 8);
  return `${name.slice(0, MAX_LENGTH)}-${hash}.yaml`;
}
