import type { CallOptions, Pikzels, WaitOptions } from "pikzels-client";
import type { ApiOperation } from "./operations.js";
import type { ApiRequest } from "./request.js";

type Method = (...args: unknown[]) => Promise<unknown>;

/** Calls the client's method for a request. */
export async function invoke(
  pikzels: Pikzels,
  { operation, ids, body, query, headers }: ApiRequest,
  options: CallOptions,
): Promise<unknown> {
  const call = methodOf(pikzels, operation.name);
  const parameters = {
    ...(Object.keys(query).length > 0 && { query }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
  return call(...ids, ...(operation.facts.body ? [body] : []), { ...options, ...parameters });
}

/** Waits until what an operation created is ready. */
export async function waitFor(
  pikzels: Pikzels,
  { waitMethod = "" }: ApiOperation,
  id: string,
  options: WaitOptions,
): Promise<unknown> {
  return methodOf(pikzels, waitMethod)(id, options);
}

/** @param name such as `pikzonalities.get` */
function methodOf(pikzels: Pikzels, name: string): Method {
  const [group = "", own = ""] = name.split(".");
  const groups = pikzels as unknown as Record<string, Record<string, Method> | undefined>;
  const method = groups[group]?.[own];
  if (!method) throw new Error(`the client has no method ${name}`);
  return method;
}
