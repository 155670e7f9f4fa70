/** More than any genuine value has. Recursion over a value with thousands would overflow the stack. */
export const MAX_LEVELS = 200;

/** Whether lists and objects are nested more than `MAX_LEVELS` deep in a value. */
export function isNestedTooDeeply(value: unknown, levels: number = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isNestedTooDeeply(inner, levels - 1));
}
