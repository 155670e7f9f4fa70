import { errorCatalog, errorCodes, type ErrorCode } from "../../src/generated/errors.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { exampleExpression } from "../generate/index.js";
import { documentedOperations, generatedDocument } from "./documented-operations.js";
import { fenced, GENERATED, sentence, table } from "./markdown.js";

/** The error catalogue: one section for every code in the spec's enum, by status. */
export async function errorsPage(): Promise<string> {
  const document = await generatedDocument();
  const statusOf = (code: ErrorCode) => errorCatalog[code].status ?? Infinity;
  const codes = [...errorCodes].sort((a, b) => statusOf(a) - statusOf(b));
  const overview = codes.map((code) => {
    const { status, meaning, canSucceedLater } = errorCatalog[code];
    const name = `[\`${code}\`](#${code.toLowerCase()})`;
    return [
      status === undefined ? "unknown" : String(status),
      name,
      sentence(meaning),
      canSucceedLater ? "yes" : "no",
    ];
  });
  return [
    GENERATED,
    "# Error codes",
    "A failed call that the service answers as its spec says throws a `PikzelsApiError` whose `code` " +
      "is one of these. The message of an error is for people; `code` is for programs. A code that is newer " +
      "than this package arrives as the string it is, typed apart.",
    fenced("ts", exampleOf(document)),
    "“Can succeed later” is about the very same request: after a wait, or after the account was " +
      "mended. If it says no, the request has to change. The client itself sends a POST again " +
      "only if it surely did nothing; see [retries and money](retries-and-money.md).",
    table(["Status", "Code", "Meaning", "Can succeed later"], overview),
    ...codes.map(section),
  ].join("\n\n");
}

function section(code: ErrorCode): string {
  const { status, meaning, action, canSucceedLater } = errorCatalog[code];
  return [
    `## ${code}`,
    `${status === undefined ? "" : `HTTP ${status}. `}${sentence(meaning)} ${action} ` +
      (canSucceedLater
        ? "The same request can succeed later."
        : "The same request will fail again."),
    fenced("json", JSON.stringify(envelope(code), null, 2)),
  ].join("\n\n");
}

function envelope(code: ErrorCode) {
  const error = { code, message: sentence(errorCatalog[code].meaning) };
  const details = [{ field: "format", message: "must be one of the allowed values" }];
  return {
    error: code === "VALIDATION_ERROR" ? { ...error, details } : error,
    request_id: "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234",
  };
}

/**
 * A program that distinguishes one error from the others, using a call that reads, if there is one.
 */
function exampleOf(document: JsonObject): string {
  const all = documentedOperations(document);
  const shown = all.find(({ facts }) => facts.method === "GET") ?? all[0];
  const code = errorCodes.find((one) => errorCatalog[one].status === 404) ?? errorCodes[0];
  if (!shown || code === undefined) return "";
  const [group = "", name = ""] = shown.facts.name.split(".");
  const call = exampleExpression(document, { group, name, operation: shown.operation });
  return `import { createPikzels, errorCatalog, isPikzelsApiError } from "pikzels-client";

const pikzels = createPikzels();
try {
  await ${call};
} catch (error) {
  if (!isPikzelsApiError(error, ${JSON.stringify(code)})) throw error;
  console.log(error.status, error.meaning, errorCatalog[error.code].action);
}`;
}
