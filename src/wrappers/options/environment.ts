/** A variable of the environment, where there is one: not in Workers, nor without Deno's leave. */
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

/** Refuses pages, where anyone could read the key, unless that is asked for. */
export function isBrowser(): boolean {
  return "window" in globalThis && "document" in globalThis;
}
