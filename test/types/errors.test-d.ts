import {
  errorCatalog,
  isPikzelsApiError,
  PikzelsApiError,
  type ErrorCode,
  type UnknownErrorCode,
} from "pikzels-client";
import { expectTypeOf, test } from "vitest";

declare const error: unknown;

test("details are there for VALIDATION_ERROR and for nothing else", () => {
  if (!isPikzelsApiError(error)) return;
  // @ts-expect-error: not every code has details
  expectTypeOf(error.details).toBeAny();
  if (error.code === "VALIDATION_ERROR") {
    expectTypeOf(error.details[0]?.message).toEqualTypeOf<string | undefined>();
  }
  if (error.code === "NOT_FOUND") {
    // @ts-expect-error: another code
    expectTypeOf(error.details).toBeAny();
  }
});

test("a switch refuses a code that no spec has", () => {
  if (!isPikzelsApiError(error)) return;
  switch (error.code) {
    case "NOT_FOUND":
      break;
    // @ts-expect-error: a misspelt code
    case "NOT_FOND":
      break;
    default:
  }
});

test("a switch over the known codes can be exhaustive, and leaves the unknown one", () => {
  const handled = {} as Record<ErrorCode, () => void>;
  if (!isPikzelsApiError(error)) return;
  const { code } = error;
  if (code === "VALIDATION_ERROR") return;
  expectTypeOf(code).toEqualTypeOf<Exclude<ErrorCode, "VALIDATION_ERROR"> | UnknownErrorCode>();
  expectTypeOf(handled).toHaveProperty("TITLE_TIMEOUT");
});

test("a guard with a code narrows to it", () => {
  if (!isPikzelsApiError(error, "NAME_ALREADY_EXISTS")) return;
  expectTypeOf(error.code).toEqualTypeOf<"NAME_ALREADY_EXISTS">();
  expectTypeOf(error.meaning).toEqualTypeOf<string>();
  expectTypeOf(errorCatalog[error.code].action).toEqualTypeOf<string>();
  // @ts-expect-error: no such code
  isPikzelsApiError(error, "NAME_EXISTS");
});

test("instanceof narrows to the same union", () => {
  if (!(error instanceof PikzelsApiError)) return;
  if (error.code === "VALIDATION_ERROR") expectTypeOf(error.details).toExtend<readonly unknown[]>();
  expectTypeOf(error.outcome).toEqualTypeOf<"not-sent" | "rejected" | "unknown">();
});
