/** A variable of the environment; `undefined` in Workers, and in Deno without permission. */
export function environmentVariable(name: string): string | undefined {
  try {
    const { process } = globalThis as {
      process?: { env?: Partial<Record<string, string>> };
    };
    return process?.env?.[name];
  } catch {
    return undefined;
  }
}

/** Whether this is a page, where any visitor could read the key. */
export function isBrowser(): boolean {
  return "window" in globalThis && "document" in globalThis;
}

/**
 * Whether `fetch` is Node's, which is undici. Bun and Workers imitate Node's `process`, but name
 * themselves in `navigator.userAgent`, which Node has since version 21.
 */
export function isNode(): boolean {
  const { process, navigator } = globalThis as {
    process?: { versions?: { undici?: string } };
    navigator?: { userAgent?: string };
  };
  const isImitation = navigator !== undefined && !navigator.userAgent?.startsWith("Node.js/");
  return process?.versions?.undici !== undefined && !isImitation;
}
