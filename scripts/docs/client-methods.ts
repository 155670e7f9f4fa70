import { createPikzels } from "../../src/index.js";
import type { DocumentedOperation } from "./documented-operations.js";

/**
 * Finds out which method of the client calls which operation, by trying: each method is called with
 * each operation's own example, and the request it makes tells.
 *
 * @returns the method's name, as in `thumbnails.fromText`, by `METHOD /path`.
 */
export async function clientMethods(
  operations: readonly DocumentedOperation[],
): Promise<Map<string, string>> {
  const methods = new Map<string, string>();
  let requested: string | undefined;
  const pikzels = createPikzels({
    apiKey: "pkz_documentation",
    baseUrl: "https://documentation.invalid",
    maxRetries: 0,
    fetch: (url, init) => {
      requested = `${init.method} ${new URL(url).pathname}`;
      return Promise.resolve(Response.json({}));
    },
  });
  for (const [group, calls] of Object.entries(pikzels)) {
    for (const [name, call] of Object.entries(calls as Record<string, unknown>)) {
      if (typeof call !== "function" || group === "api" || name === "waitUntilReady") continue;
      for (const { method, path, example } of operations) {
        const concrete = path.replaceAll(/\{[^{}]+\}/g, "id");
        const args = [...(concrete === path ? [] : ["id"]), ...(example ? [example] : [])];
        await Promise.resolve(Reflect.apply(call, calls, args)).catch(() => undefined);
        if (requested === `${method} ${concrete}`)
          methods.set(`${method} ${path}`, `${group}.${name}`);
      }
    }
  }
  return methods;
}
