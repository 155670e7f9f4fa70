import {
  operations,
  type OperationBodies,
  type OperationFacts,
  type OperationId,
  type OperationResponses,
} from "../generated/operations.js";
import { checkImageSources } from "./image-source.js";
import { PikzelsInputError } from "./errors/input-error.js";
import { checkedHeaders } from "./options/headers.js";
import type { CallOptions } from "./options/options.js";
import { fillPath } from "./request-path.js";
import type { Transport } from "./transport/transport.js";

type PathArguments<Id extends OperationId> =
  (typeof operations)[Id]["path"] extends `${string}{${string}` ? [id: string] : [];

type BodyArguments<Id extends OperationId> = Id extends keyof OperationBodies
  ? [body: OperationBodies[Id]]
  : [];

/** A method of the client: the id where the path has one, the body where there is one, options. */
export type OperationCall<Id extends OperationId> = (
  ...args: [...PathArguments<Id>, ...BodyArguments<Id>, options?: CallOptions]
) => Promise<OperationResponses[Id]>;

/** Makes the method of one operation from what the spec says of it. */
export function callable<Id extends OperationId>(send: Transport, id: Id): OperationCall<Id> {
  const facts: OperationFacts = operations[id];
  const { method, path: template } = facts;
  const hasBody = !/^(GET|DELETE)$/.test(method);
  return async (...given: unknown[]) => {
    const args = given.values();
    const next = (): unknown => args.next().value;
    const path = fillPath(template, next);
    const body = hasBody ? serialized(facts, next()) : undefined;
    const options = (next() ?? {}) as CallOptions;
    const headers = checkedHeaders(options.headers);
    if (hasBody) headers["content-type"] = "application/json";
    const { answer, error } = await send({
      method,
      path,
      headers,
      body,
      expectsJson: true,
      options,
    });
    if (!answer) throw error;
    if (error) throw error;
    // What the spec says of the answer is taken on trust: to refuse it would lose what was paid for.
    return answer.json as OperationResponses[Id];
  };
}

function serialized(facts: OperationFacts, body: unknown): string {
  checkImageSources(facts, body);
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new PikzelsInputError("The request body cannot be written as JSON.", { cause });
  }
}
