import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

/**
 * Arguments for Node that start a TypeScript program with the sample API instead of the spec's:
 * what `sample-api.ts` is for a test, in a process that the test starts.
 */
export const sampleApiArguments = ["--import", "tsx", "--import", import.meta.url];

interface Resolved {
  url: string;
}
type Resolve = (specifier: string, context: unknown) => Promise<Resolved>;

/**
 * A resolve hook, which Node calls: https://nodejs.org/api/module.html#resolvespecifier-context-nextresolve
 *
 * @public
 */
export async function resolve(
  specifier: string,
  context: unknown,
  nextResolve: Resolve,
): Promise<Resolved> {
  const resolved = await nextResolve(specifier, context);
  return {
    ...resolved,
    url: resolved.url.replace("/src/generated/", "/test/sample-api/generated/"),
  };
}

// Node loads this module twice: in the program, and in the thread that resolves its imports.
if (isMainThread && process.execArgv.includes(import.meta.url)) register(import.meta.url);
