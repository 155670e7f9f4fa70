import { parts } from "./parts.js";
import { followingSignals } from "./api-signals.js";
import type { PikzelsApi } from "./api-types.js";
import type { Transport } from "../transport/transport.js";

const CALLS = [
  ...(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const),
  "request",
] as const satisfies (keyof PikzelsApi)[];

/**
 * The `api` of a client. What is behind it, openapi-fetch above all, is loaded by its first use, since
 * most programs call the methods alone.
 */
export function openDoor(send: Transport, baseUrl: string): PikzelsApi {
  let client: Promise<PikzelsApi> | undefined;
  const open = () =>
    (client ??= parts.api.load().then(({ apiClient }) => apiClient(send, baseUrl)));

  const call = (name: (typeof CALLS)[number]) =>
    followingSignals(async (...given) => {
      const through = (await open())[name] as (...args: unknown[]) => Promise<unknown>;
      return through(...given);
    });

  /** Calls that follow wait for the change; where it fails, they fail with its reason. */
  const change = (make: (opened: PikzelsApi) => void): void => {
    client = open().then((opened) => {
      make(opened);
      return opened;
    });
    client.catch(() => undefined);
  };

  return {
    ...(Object.fromEntries(CALLS.map((name) => [name, call(name)])) as Omit<
      PikzelsApi,
      "use" | "eject"
    >),
    use: (...middlewares) => {
      change((opened) => {
        opened.use(...middlewares);
      });
    },
    eject: (...middlewares) => {
      change((opened) => {
        opened.eject(...middlewares);
      });
    },
  };
}
