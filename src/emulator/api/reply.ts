import { errorCatalog } from "../../generated/errors.js";
import { behaviour } from "../../generated/behaviour.js";
import type { JsonObject } from "../../openapi/json.js";
import { errorCodesOf } from "../document/error-codes.js";
import type { Operation } from "../document/operations.js";
import { sampleSchema } from "../document/sample.js";
import { validatorOf } from "../document/validator.js";
import type { Detail, Refusal } from "./refusal.js";

/** What is sent back to the client. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** The error code in the body. */
  code?: string;
}

export interface ErrorFields {
  status: number;
  code: string;
  message: string;
  details?: Detail[] | undefined;
  retryAfter?: number | string | undefined;
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

/** The published error envelope, with any code. */
export function envelopeReply(error: ErrorFields, requestId: string): Reply {
  const { status, code, message, retryAfter } = error;
  const details = code === "VALIDATION_ERROR" ? error.details : undefined;
  const envelope = {
    error: { code, message, ...(details && { details }) },
    request_id: requestId,
  };
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { ...jsonReply(status, envelope, headers), code };
}

/**
 * A refusal as the document says that the operation fails: in the published envelope, or if the
 * document has another form of errors, in that one; with its code, or if the document does not publish
 * that, with one of the same status.
 */
export function refusalReply(
  refusal: Refusal,
  requestId: string,
  document: JsonObject,
  operation: Operation | undefined,
): Reply {
  const codes = operation ? errorCodesOf(document, operation) : new Set<string>();
  const { options } = refusal;
  const status = catalogued(refusal.code)?.status ?? refusal.status;
  const code = publishedCode(refusal.code, status, codes);
  const fields = { status, code, message: options.message ?? messageOf(code), ...options };
  return failureReply(fields, requestId, document, operation);
}

/**
 * A failure in the form and media type that the document has for it, or in the published envelope if
 * the document says nothing of it. A code that the document does not publish takes the place of one
 * that it does.
 */
export function failureReply(
  fields: ErrorFields,
  requestId: string,
  document: JsonObject,
  operation: Operation | undefined,
): Reply {
  const { status, code, message } = fields;
  const range = `${String(status).slice(0, 1)}XX`;
  const failure = [String(status), range, "default"]
    .map((key) => operation?.failures.get(key))
    .find((facts) => facts !== undefined);
  const media = failure?.content.find(({ name }) => name.includes("json"));
  const envelope = envelopeReply(fields, requestId);
  if (!operation || media?.pointer === undefined) return envelope;
  const headers =
    media.name === "application/json"
      ? envelope.headers
      : { ...envelope.headers, "content-type": media.name };

  const codes = errorCodesOf(document, operation);
  const [first = code] = codes;
  const published = codes.has(code) ? code : first;
  const { body } = envelopeReply({ ...fields, code: published }, requestId);
  if (validatorOf(document).isValid("response", media.pointer, JSON.parse(String(body))))
    return { ...envelope, headers };
  const values = { ...fields, code: published, request_id: requestId };
  const prefer = { ...values, detail: message, title: published } as JsonObject;
  const sample = sampleSchema(document, media.pointer, {
    seed: code,
    prefer: (name) => prefer[name],
  });
  const text = JSON.stringify(sample).replaceAll(JSON.stringify(published), JSON.stringify(code));
  return { status, headers, body: text, code };
}

/** The public message of a code: the service's own words if they are known. */
export function messageOf(code: string): string {
  const messages: Record<string, { text: string } | undefined> = behaviour.messages;
  const meaning = catalogued(code)?.meaning;
  return messages[code]?.text ?? (meaning === undefined ? code : asSentence(meaning));
}

interface CatalogueEntry {
  status?: number | undefined;
  meaning: string;
}

/** The catalogue's entry for a code. */
export function catalogued(code: string): CatalogueEntry | undefined {
  const catalogue: Readonly<Record<string, CatalogueEntry | undefined>> = errorCatalog;
  return Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
}

function publishedCode(code: string, status: number, codes: ReadonlySet<string>): string {
  if (codes.size === 0 || codes.has(code)) return code;
  const [first = code] = codes;
  const all = [...codes];
  return (
    all.find((other) => catalogued(other)?.status === status) ??
    all.find((other) => !catalogued(other)) ??
    first
  );
}

function asSentence(meaning: string): string {
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`;
}
