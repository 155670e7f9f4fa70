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
  const requests: string[] = [];
  const pikzels = createPikzels({
    apiKey: "pkz_documentation",
    baseUrl: "https://documentation.invalid",
    maxRetries: 0,
    fetch: (url, { method }) => {
      requests.push(`${method} ${new URL(url).pathname}`);
      return Promise.resolve(Response.json({}));
    },
  });
  const methods = new Map<string, string>();
  for (const { name, call } of callsOf(pikzels)) {
    for (const { method, path, example } of operations) {
      const concrete = path.replaceAll(/\{[^{}]+\}/g, "id");
      const args = [...(concrete === path ? [] : ["id"]), ...(example ? [example] : [])];
      // A body of another operation is refused before anything is requested.
      await Promise.resolve(call(...args)).catch(() => undefined);
      const [request] = requests.splice(0);
      if (request === `${method} ${concrete}`) methods.set(`${method} ${path}`, name);
    }
  }
  return methods;
}

function callsOf(client: object) {
  return Object.entries(client)
    .filter(([group]) => group !== "api")
    .flatMap(([group, calls]) =>
      Object.entries(calls as Record<string, unknown>).flatMap(([name, call]) =>
        typeof call === "function" && name !== "waitUntilReady"
          ? [{ name: `${group}.${name}`, call: call as (...args: unknown[]) => unknown }]
          : [],
      ),
    );
}
