/** The fields of a path item that hold an operation, in the order OpenAPI 3.0 lists them. */
export const HTTP_METHODS = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

export type HttpMethod = (typeof HTTP_METHODS)[number];

/** Tells an operation's field of a path item from the others (`parameters`, `servers`, …). */
export function isHttpMethod(field: string): field is HttpMethod {
  return (HTTP_METHODS as readonly string[]).includes(field);
}
