import { describe, expect, test, vi } from "vitest";
import { validatorOf } from "../../src/emulator/document/validator.js";

const pointer = "/components/schemas/Sample";

function validatorFor(schema: object) {
  const components = { schemas: { Sample: schema } };
  return validatorOf({ openapi: "3.1.0", info: {}, paths: {}, components });
}

const accepts = (schema: object, value: unknown) =>
  validatorFor(schema).isValid("request", pointer, value);

describe("a pattern", () => {
  test("that is valid only without Unicode mode is enforced", () => {
    expect(accepts({ pattern: "^a\\-b$" }, "a-b")).toBe(true);
    expect(accepts({ pattern: "^a\\-b$" }, "ab")).toBe(false);
  });

  test("in Unicode mode counts a character beyond 16 bits as one", () => {
    expect(accepts({ pattern: "^.$" }, "😀")).toBe(true);
  });

  test("that is not valid at all is not enforced", () => {
    expect(accepts({ type: "string", pattern: "(" }, "anything")).toBe(true);
    expect(accepts({ type: "string", pattern: "(" }, 1)).toBe(false);
  });
});

test("a schema that cannot be compiled allows everything, and a warning names its place", () => {
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  const validator = validatorFor({ type: "nonsense" });

  expect(validator.isValid("request", pointer, 1)).toBe(true);
  expect(validator.isValid("request", pointer, "again")).toBe(true);

  // It is compiled once.
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(
      /^The schema at \/components\/schemas\/Sample cannot be compiled \(.+\), so it is not enforced\.$/,
    ),
    "PikzelsEmulatorWarning",
  );
});
