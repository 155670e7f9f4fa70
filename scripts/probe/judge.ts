import { errorCodesOf } from "../../src/emulator/document/error-codes.js";
import { validatorOf } from "../../src/emulator/document/validator.js";
import { listAt, objectAt, type JsonObject } from "../../src/openapi/json.js";
import type { Answer } from "./ask.js";
import type { Probe } from "./probe.js";

export type Verdict = "confirmed" | "contradicted" | "not learned";

/** The error code of a request that violates its schema. */
const VALIDATION_CODE = "VALIDATION_ERROR";

/** What an answer says about a fact. */
export interface Finding {
  operation: string;
  fact: string;
  verdict: Verdict;
  /** The answer, in a few words, if it is not what the document claims. */
  reason: string;
  requestId: string | undefined;
}

/**
 * Compares an answer with what the document claims. An answer that shows neither the claim nor its
 * opposite teaches nothing.
 *
 * @param listsAll Whether the service names every wrong field of this operation at once.
 */
export function judge(
  document: JsonObject,
  probe: Probe,
  answer: Answer,
  listsAll: boolean,
): Finding {
  const { operation, fact } = probe;
  const finding = (verdict: Verdict, reason = ""): Finding => ({
    operation: operation.id,
    fact,
    verdict,
    reason,
    requestId: answer.requestId,
  });
  const { status } = answer;
  const code = codeOf(answer);
  const told = `${status}${code === undefined ? "" : ` ${code}`}`;

  if (status >= 200 && status < 300)
    return finding("contradicted", `${told}: it was carried out, and may have been billed`);
  if (status === 429 || status >= 500 || (status >= 300 && status < 400))
    return finding("not learned", told);
  const form = formProblem(document, probe, answer);
  if (form !== undefined) return finding("contradicted", `${told}: ${form}`);

  const { expects } = probe;
  if (expects.kind === "status") {
    if (status !== expects.status) return finding("contradicted", told);
    const isOtherCode = expects.code !== undefined && code !== expects.code;
    const isPublished = errorCodesOf(document, operation).has(expects.code ?? "");
    return isOtherCode && isPublished ? finding("contradicted", told) : finding("confirmed");
  }
  if (status === 401 || status === 403) return finding("not learned", told);
  const isValidation =
    code === VALIDATION_CODE || !errorCodesOf(document, operation).has(VALIDATION_CODE);
  if ((status === 400 || status === 422) && isValidation)
    return judgeDetails(probe, namedFields(answer), told, listsAll, finding);
  // The service should have refused the other, wrong field. That it did not is reported elsewhere.
  if (expects.kind === "accepted" || expects.kind === "lists-all")
    return finding("not learned", told);
  return finding("contradicted", `${told}: it was not refused as invalid`);
}

function judgeDetails(
  { expects, body }: Probe,
  named: string[],
  told: string,
  listsAll: boolean,
  finding: (verdict: Verdict, reason?: string) => Finding,
): Finding {
  if (expects.kind === "status") return finding("not learned", told);
  const isAbout = (field: string) =>
    named.some(
      (name) => name === field || name.startsWith(`${field}[`) || name.startsWith(`${field}.`),
    );
  const others = named.length === 0 ? "no field" : named.join(", ");
  switch (expects.kind) {
    case "lists-all":
      return expects.fields.every(isAbout) ? finding("confirmed") : finding("not learned", others);
    case "accepted":
      if (expects.fields.some(isAbout)) return finding("contradicted", `${told}: names ${others}`);
      return named.length > 0 && listsAll ? finding("confirmed") : finding("not learned", others);
    case "refused": {
      if (expects.fields.length === 0 || expects.fields.some(isAbout)) return finding("confirmed");
      if (named.length === 0) return finding("not learned", `${told} without a field`);
      const isSpoiled =
        JSON.stringify(body).includes("probe_unknown_") &&
        !expects.fields.some((name) => name.startsWith("probe_"));
      return isSpoiled && !listsAll
        ? finding("not learned", `${told}: names ${others}`)
        : finding("contradicted", `${told}: names ${others}`);
    }
  }
}

/** What is wrong with the form of an error, compared to the published document. */
function formProblem(document: JsonObject, { operation }: Probe, answer: Answer) {
  const range = `${String(answer.status).slice(0, 1)}XX`;
  const failure = [String(answer.status), range, "default"]
    .map((key) => operation.failures.get(key))
    .find((facts) => facts !== undefined);
  if (!failure) return operation.failures.size > 0 ? "the status is not published" : undefined;
  const pointer = failure.content.find(({ name }) => name.includes("json"))?.pointer;
  if (pointer === undefined) return undefined;
  if (validatorOf(document).isValid("response", pointer, answer.body)) return undefined;
  const code = codeOf(answer);
  const codes = errorCodesOf(document, operation);
  return code !== undefined && codes.size > 0 && !codes.has(code)
    ? `the code ${code} is not published`
    : "the error has another form than is published";
}

export function codeOf({ body }: Answer): string | undefined {
  const code = objectAt(body, "error")["code"] ?? objectAt(body)["code"];
  return typeof code === "string" ? code : undefined;
}

/** The fields that an error's details name. */
function namedFields({ body }: Answer): string[] {
  const details = [...listAt(objectAt(body, "error"), "details"), ...listAt(body, "details")];
  return details.flatMap((detail) => {
    const { field } = objectAt(detail);
    return typeof field === "string" ? [field] : [];
  });
}
