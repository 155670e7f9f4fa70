import { createHash } from "node:crypto";
import type { Announced } from "../lib/openapi-block.js";
import { announcedTitle } from "../lib/openapi-block.js";

/** Well under the 255 bytes that file systems allow a name. */
const MAX_LENGTH = 150;

/**
 * Names the file of an operation's fragment as the published spec names the operation itself:
 * `DELETE /v2/pikzonality/{id}` → `delete_v2_pikzonality_id.yaml`, `GET /` → `get.yaml`.
 *
 * Docs pages are not ours, so nothing of a path survives but letters, digits, `-` and `_`. If that
 * loses too much, or `isTaken` says that another operation has the name, a hash tells them apart.
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
