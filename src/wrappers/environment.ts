import { version } from "../version.js";

/** An environment variable; `undefined` in Workers, and in Deno without permission. */
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

/** Whether this is a web page or a worker of one, whose visitors could read the key. */
export function isBrowser(): boolean {
  const { navigator } = globalThis as Platform;
  const isWorker = navigator?.userAgent?.startsWith("Mozilla/") === true;
  return isWorker || ("window" in globalThis && "document" in globalThis);
}

/**
 * Whether `fetch` is Node's, that is undici. Bun and Workers imitate Node's `process`, but name
 * themselves in `navigator.userAgent`, which Node has had since version 21.
 */
export function isNode(): boolean {
  const { process, navigator } = globalThis as Platform;
  const isImitation = navigator !== undefined && !navigator.userAgent?.startsWith("Node.js/");
  return process?.versions?.undici !== undefined && !isImitation;
}

interface Platform {
  process?: { versions?: { node?: string; undici?: string } };
  navigator?: { userAgent?: string };
}

/**
 * The `User-Agent` of this package: `pikzels-client/1.2.3 node/22.11.0`. `undefined` in pages and
 * their workers: browsers send their own, and another one would need the service's permission
 * (CORS).
 */
export function userAgent(): string | undefined {
  const { process, navigator } = globalThis as Platform;
  const runtime = isNode() ? `node/${process?.versions?.node}` : (navigator?.userAgent ?? "");
  return isBrowser() ? undefined : `pikzels-client/${version} ${runtime}`.trim();
}
