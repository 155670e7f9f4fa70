import type { ClientMethods } from "../generated/client.js";
import { operations, type OperationFacts } from "../generated/operations.js";
import { referenceOf } from "../transport/call.js";
import type { Transport } from "../transport/send.js";
import { answerKindOf, keyHeaderOf } from "./facts.js";
import type { CallOptions } from "./options.js";
import { serializeHeaders, serializeQuery } from "./parameters.js";
import { checkBody, encodeBody } from "./request-body.js";
import { fillPath } from "./request-path.js";
import { waitUntilReady, type WaitOptions } from "./wait-until-ready.js";

/** The methods of the client, made from the facts of each operation of the document. */
export type Methods = ClientMethods<CallOptions, WaitOptions>;

/**
 * Creates a method for each operation, in its group, and `waitUntilReady` beside those it can
 * follow.
 */
export function createMethods(send: Transport): Methods {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const facts of Object.values<OperationFacts>(operations)) {
    const [group = "", name = ""] = facts.name.split(".");
    const method = createMethod(send, facts);
    const methods = (groups[group] ??= {});
    methods[name] = method;
    if (facts.readiness) {
      const { name } = facts.readiness;
      methods[name.slice(group.length + 1)] = createWait(facts, facts.readiness, method);
    }
  }
  // The compiler knows the methods from the document, just as `operations` does.
  return groups as unknown as Methods;
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** Creates the method of one operation: path parameters, the body if there is one, options. */
function createMethod(send: Transport, facts: OperationFacts): Method {
  const idCount = countOfIds(facts);
  return async (...args) => {
    const path = fillPath(facts, (_name, index) => args[index]);
    const value = facts.body ? args[idCount] : undefined;
    const options = (args[facts.body ? idCount + 1 : idCount] ?? {}) as CallOptions & {
      query?: unknown;
    };
    const query = serializeQuery(facts, options.query);
    checkBody(facts, value);
    const { body, contentType } = encodeBody(facts, value);
    const reply = await send({
      method: facts.method,
      path: path + query,
      headers: {
        ...serializeHeaders(facts, options.headers),
        ...(contentType !== undefined && { "content-type": contentType }),
      },
      body,
      answer: answerKindOf(facts),
      auth: keyHeaderOf(facts),
      options,
    });
    if (!reply.answer) throw reply.error;
    if (reply.error) throw reply.error;
    // The body is trusted to be what the document says: to refuse it would lose what was paid for.
    return reply.answer.value;
  };
}

function createWait(
  facts: OperationFacts,
  readiness: NonNullable<OperationFacts["readiness"]>,
  get: Method,
): Method {
  const idCount = countOfIds(facts);
  return async (...args) => {
    const ids = args.slice(0, idCount);
    const options = (args[idCount] ?? {}) as WaitOptions;
    const { method } = facts;
    const path = fillPath(facts, (_name, index) => ids[index]);
    return waitUntilReady(
      {
        operation: referenceOf({ method, path }),
        poll: (signal) => get(...ids, { signal }),
        readiness,
      },
      options,
    );
  };
}

function countOfIds({ path }: OperationFacts): number {
  return path.match(/\{[^{}]+\}/g)?.length ?? 0;
}
