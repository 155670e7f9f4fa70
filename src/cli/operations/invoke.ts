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
  const [group = "", method = ""] = operation.name.split(".");
  const call = methodOf(pikzels, group, method);
  const parameters = {
    ...(Object.keys(query).length > 0 && { query }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
  return call(...ids, ...(operation.facts.body ? [body] : []), { ...options, ...parameters });
}

/** Waits until what an operation created is ready. */
export async function waitFor(
  pikzels: Pikzels,
  { waitGroup = "" }: ApiOperation,
  id: string,
  options: WaitOptions,
): Promise<unknown> {
  return methodOf(pikzels, waitGroup, "waitUntilReady")(id, options);
}

function methodOf(pikzels: Pikzels, group: string, name: string): Method {
  const groups = pikzels as unknown as Record<string, Record<string, Method> | undefined>;
  const method = groups[group]?.[name];
  if (!method) throw new Error(`the client has no method ${group}.${name}`);
  return method;
}
