import { objectAt, isObject, type JsonObject } from "../../openapi/json.js";
import type { Operation } from "../document/operations.js";
import type { Detail, Refusal } from "./refusal.js";

/** What is sent back to the client. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The error code in the body. */
  code?: string;
}

export function jsonReply(
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

/**
 * The success of an operation. Properties that its closed schema does not list are left out, so a
 * document that promises less gets exactly what it promises.
 */
export function successReply(operation: Operation, body: JsonObject): Reply {
  const { status, schema } = operation.success;
  const properties = objectAt(schema, "properties");
  const isClosed = schema["additionalProperties"] === false && isObject(schema["properties"]);
  const promised = Object.entries(body).filter(
    ([name]) => !isClosed || Object.hasOwn(properties, name),
  );
  return jsonReply(status, Object.fromEntries(promised));
}

export interface ErrorFields {
  status: number;
  code: string;
  message: string;
  details?: Detail[] | undefined;
  retryAfter?: number | string | undefined;
}

/** The published error envelope. */
export function errorReply(error: ErrorFields | Refusal, requestId: string): Reply {
  const { status, code, message, retryAfter } = error;
  const details = code === "VALIDATION_ERROR" ? error.details : undefined;
  const envelope = {
    error: { code, message, ...(details && { details }) },
    request_id: requestId,
  };
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { ...jsonReply(status, envelope, headers), code };
}
