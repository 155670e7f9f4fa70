import type { Detail, Refusal } from "./refusal.js";
import type { Operation } from "./spec/operation.js";
import { isObject, objectAt, type JsonObject } from "../openapi/json.js";

/** What is to be sent back. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The error code in the body. */
  code?: string;
}

export function jsonAnswer(status: number, value: unknown, headers = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

/**
 * An operation's success. What its schema does not know is left out, so that a document that
 * promises less, or an older one, gets just what it promises.
 */
export function successAnswer(operation: Operation, body: JsonObject): Answer {
  const { status, schema } = operation.success;
  const properties = objectAt(schema, "properties");
  const isClosed = schema["additionalProperties"] === false && isObject(schema["properties"]);
  const known = Object.entries(body).filter(
    ([name]) => !isClosed || Object.hasOwn(properties, name),
  );
  return jsonAnswer(status, Object.fromEntries(known));
}

export interface ErrorFields {
  status: number;
  code: string;
  message: string;
  details?: Detail[] | undefined;
  retryAfter?: number | string | undefined;
}

/** The published error envelope. */
export function errorAnswer(error: ErrorFields | Refusal, requestId: string): Answer {
  const { status, code, message, retryAfter } = error;
  const details = code === "VALIDATION_ERROR" ? error.details : undefined;
  const envelope = {
    error: { code, message, ...(details && { details }) },
    request_id: requestId,
  };
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { ...jsonAnswer(status, envelope, headers), code };
}
