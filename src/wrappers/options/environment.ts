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

/**
 * Whether `fetch` is Node's, made of undici. Bun and Deno also have a `process`, but a `fetch` of their
 * own.
 */
export function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { undici?: string } } };
  return process?.versions?.undici !== undefined;
}

/** Refuses pages, where anyone could read the key, unless that is asked for. */
export function isBrowser(): boolean {
  return "window" in globalThis && "document" in globalThis;
}
