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
