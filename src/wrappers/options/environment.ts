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
 * Whether `fetch` is Node's, made of undici. Others may imitate Node's `process`, as Workers do, but
 * say in `navigator` who they are; Node has had that since version 21.
 */
export function isNode(): boolean {
  const { process, navigator } = globalThis as {
    process?: { versions?: { undici?: string } };
    navigator?: { userAgent?: string };
  };
  const isImitated = navigator && !navigator.userAgent?.startsWith("Node.js/");
  return process?.versions?.undici !== undefined && !isImitated;
}

/** Refuses pages, where anyone could read the key, unless that is asked for. */
export function isBrowser(): boolean {
  return "window" in globalThis && "document" in globalThis;
}
