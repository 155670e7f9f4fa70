import {
  isPikzelsApiError,
  isPikzelsError,
  PikzelsApiError,
  type PikzelsError,
  type ErrorCode,
  type Outcome,
  type PikzelsValidationError,
  type UnknownErrorCode,
  type ValidationDetail,
} from "pikzels-client";
import { describe, expectTypeOf, test } from "vitest";

declare const error: unknown;

describe("instanceof PikzelsApiError", () => {
  if (!(error instanceof PikzelsApiError)) throw error;

  test("narrows to the union over the codes", () => {
    expectTypeOf(error).toEqualTypeOf<PikzelsApiError>();
    expectTypeOf(error.code).toEqualTypeOf<ErrorCode | UnknownErrorCode>();
    expectTypeOf(error.status).toBeNumber();
    expectTypeOf(error.outcome).toEqualTypeOf<Outcome>();
    expectTypeOf(error.requestId).toEqualTypeOf<string | undefined>();
    expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
    expectTypeOf(error).toExtend<PikzelsError>();
    expectTypeOf(error).toExtend<Error>();
  });

  test("has details only for VALIDATION_ERROR", () => {
    if (error.code === "VALIDATION_ERROR") {
      expectTypeOf(error).toEqualTypeOf<PikzelsValidationError>();
      expectTypeOf(error.details).toEqualTypeOf<readonly ValidationDetail[]>();
      expectTypeOf(error.meaning).toBeString();
    } else {
      // @ts-expect-error -- no details elsewhere
      expectTypeOf(error.details).toBeArray();
    }
    // @ts-expect-error -- nor before the code is known
    expectTypeOf(error.details).toBeArray();
  });

  test("makes a switch refuse a code that is not documented", () => {
    switch (error.code) {
      case "NOT_FOUND":
        break;
      // @ts-expect-error -- no such code
      case "NOPE":
        break;
      default:
    }
    // @ts-expect-error -- no such code
    expectTypeOf(error.code === "NOT_FUOND").toBeBoolean();
  });

  test("leaves the unknown code after a switch over every known one", () => {
    switch (error.code) {
      case "VALIDATION_ERROR":
      case "INVALID_PERSONA":
      case "INVALID_STYLE":
      case "INVALID_AMOUNT":
      case "CONTENT_POLICY":
      case "CANNOT_DELETE_PROCESSING":
      case "SUPPORT_IMAGE_NOT_SUPPORTED":
      case "IMAGE_TOO_LARGE":
      case "MISSING_API_KEY":
      case "INVALID_API_KEY_FORMAT":
      case "INVALID_API_KEY":
      case "API_KEY_INACTIVE":
      case "API_KEY_DELETED":
      case "INSUFFICIENT_CREDITS":
      case "SMART_BALANCE_PAYMENT_FAILED":
      case "API_ACCESS_NOT_ENABLED":
      case "ACCOUNT_SUSPENDED":
      case "NOT_FOUND":
      case "NAME_RESERVED":
      case "NAME_ALREADY_EXISTS":
      case "CONFLICT":
      case "GENERATION_REJECTED":
      case "CANCELLED":
      case "GENERATION_FAILED":
      case "INVALID_IMAGE":
      case "INTERNAL_ERROR":
      case "SERVICE_UNDER_MAINTENANCE":
      case "GENERATION_TIMEOUT":
      case "SCORING_TIMEOUT":
      case "TITLE_TIMEOUT":
      case "TOO_MANY_REQUESTS":
        break;
      default:
        expectTypeOf(error.code).toEqualTypeOf<UnknownErrorCode>();
        expectTypeOf(error.meaning).toEqualTypeOf<undefined>();
        expectTypeOf(String(error.code)).toBeString();
    }
  });

  test("shows a forgotten code in the default of a switch", () => {
    switch (error.code) {
      case "NOT_FOUND":
        break;
      default:
        // @ts-expect-error -- thirty codes are left
        error.code satisfies UnknownErrorCode;
    }
  });
});

describe("guards", () => {
  test("isPikzelsApiError narrows to the code", () => {
    if (isPikzelsApiError(error)) expectTypeOf(error).toEqualTypeOf<PikzelsApiError>();
    if (isPikzelsApiError(error, "VALIDATION_ERROR")) {
      expectTypeOf(error).toEqualTypeOf<PikzelsValidationError>();
    }
    if (isPikzelsApiError(error, "NOT_FOUND")) {
      expectTypeOf(error.code).toEqualTypeOf<"NOT_FOUND">();
      expectTypeOf(error.meaning).toBeString();
    }
    // @ts-expect-error -- no such code
    isPikzelsApiError(error, "NOPE");
  });

  test("isPikzelsError narrows to a union discriminated by name", () => {
    if (!isPikzelsError(error)) return;
    if (error.name === "PikzelsApiError") expectTypeOf(error).toEqualTypeOf<PikzelsApiError>();
    if (error.name === "PikzelsInputError") {
      expectTypeOf(error.fields).toEqualTypeOf<readonly string[]>();
    }
    // @ts-expect-error -- no such error
    expectTypeOf(error.name === "PikzelsNope").toBeBoolean();
  });
});
