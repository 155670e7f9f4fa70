import {
  operations,
  type OperationBodies,
  type OperationFacts,
  type OperationId,
  type OperationResponses,
} from "../generated/operations.js";
import { checkImageSources } from "./image-source.js";
import { PikzelsInputError } from "./errors/classes.js";
import { checkHeaders } from "./validate.js";
import type { CallOptions } from "./options.js";
import { fillPath } from "./request-path.js";
import type { KeyHeader } from "../transport/call.js";
import type { Transport } from "../transport/send.js";

type HasId<Id extends OperationId> = (typeof operations)[Id]["path"] extends `${string}{${string}`
  ? true
  : false;

/**
 * A method of the client: the id where the path has one, the body where there is one, options. Spelt
 * out case by case, so that editors show it as what it comes to.
 */
export type OperationCall<Id extends OperationId> = Id extends keyof OperationBodies
  ? HasId<Id> extends true
    ? (
        id: string,
        body: OperationBodies[Id],
        options?: CallOptions,
      ) => Promise<OperationResponses[Id]>
    : (body: OperationBodies[Id], options?: CallOptions) => Promise<OperationResponses[Id]>
  : HasId<Id> extends true
    ? (id: string, options?: CallOptions) => Promise<OperationResponses[Id]>
    : (options?: CallOptions) => Promise<OperationResponses[Id]>;

/** The security scheme of the spec. */
export const API_KEY_HEADER: KeyHeader = { name: "x-api-key" };

/** Makes the method of one operation from what the spec says of it. */
export function callable<Id extends OperationId>(send: Transport, id: Id): OperationCall<Id>;
export function callable(send: Transport, id: OperationId) {
  const facts: OperationFacts = operations[id];
  const { method, path: template } = facts;
  const hasBody = !/^(GET|DELETE)$/.test(method);
  return async (...given: unknown[]): Promise<unknown> => {
    const args = given.values();
    const next = (): unknown => args.next().value;
    const path = fillPath(template, next);
    const body = hasBody ? serialized(facts, next()) : undefined;
    const options = (next() ?? {}) as CallOptions;
    const headers = checkHeaders(options.headers);
    if (hasBody) headers["content-type"] = "application/json";
    const { answer, error } = await send({
      method,
      path,
      headers,
      body,
      answer: "json",
      auth: API_KEY_HEADER,
      options,
    });
    if (!answer) throw error;
    if (error) throw error;
    // What the spec says of the answer is taken on trust: to refuse it would lose what was paid for.
    return answer.json;
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
