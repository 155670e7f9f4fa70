/** What an operation is known by: its method in upper case and its API path. */
export interface Operation {
  method: string;
  path: string;
}

/** Well under the 255 bytes that file systems allow a name. */
const MAX_LENGTH = 200;

/**
 * Names the file of an operation's fragment as the published spec names the operation itself:
 * `DELETE /v2/pikzonality/{id}` → `delete_v2_pikzonality_id.yaml`.
 *
 * Docs pages are not ours, so nothing of a path survives but letters, digits, `-` and `_`.
 * Returns `undefined` where the path leaves no usable name.
 */
export function fragmentName({ method, path }: Operation): string | undefined {
  const words = path.match(/[A-Za-z0-9_-]+/g) ?? [];
  const name = `${[method.toLowerCase(), ...words].join("_")}.yaml`;
  return words.length === 0 || name.length > MAX_LENGTH ? undefined : name;
}
