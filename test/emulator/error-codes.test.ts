import { describe, expect, test } from "vitest";
import { errorCatalog, errorCodes } from "../../src/generated/errors.js";
import { call, emulatorForTest, thumbnail } from "./support.js";

describe("every published code can be provoked", () => {
  test.each(errorCodes)("%s", async (code) => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code });

    const reply = await call(emulator, "POST", "/v2/thumbnail/text", thumbnail);

    expect(reply.status).toBe(errorCatalog[code].status);
    expect(reply.body.error?.code).toBe(code);
    expect(reply.body.request_id).toBe(reply.headers.get("x-request-id"));
    expect(emulator.ledger.charges).toEqual([]);
    // It applied once; the service works again.
    expect((await call(emulator, "POST", "/v2/thumbnail/text", thumbnail)).status).toBe(200);
  });
});

describe("a fault applies", () => {
  test("a given number of times", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "GENERATION_FAILED", times: 2 });

    expect(await statuses(emulator, 3)).toEqual([500, 500, 200]);
  });

  test("after skipping a given number of requests", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "GENERATION_FAILED", skip: 1 });

    expect(await statuses(emulator, 3)).toEqual([200, 500, 200]);
  });

  test("to one operation, named by its id or path", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "SCORING_TIMEOUT", operation: "post_v2_thumbnail_score" });
    emulator.provoke({ code: "TITLE_TIMEOUT", operation: "/v2/title/text" });

    expect(await statuses(emulator, 1)).toEqual([200]);
    expect((await call(emulator, "POST", "/v2/thumbnail/score", {})).status).toBe(504);
    expect((await call(emulator, "POST", "/v2/title/text", {})).status).toBe(504);
  });

  test("to one HTTP method", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "INTERNAL_ERROR", method: "delete" });

    expect(await statuses(emulator, 1)).toEqual([200]);
    expect((await call(emulator, "DELETE", "/v2/pikzonality/x")).status).toBe(500);
  });

  test("in the order in which faults were requested, until they are cleared", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "CONTENT_POLICY" });
    emulator.provoke({ code: "GENERATION_FAILED" });
    emulator.provoke({ code: "CANCELLED" });

    expect(await statuses(emulator, 2)).toEqual([400, 500]);
    emulator.clearFaults();
    expect(await statuses(emulator, 1)).toEqual([200]);
  });

  test("during processing only to a request that is processed, not to one that is refused", async () => {
    const emulator = await emulatorForTest();
    emulator.provoke({ code: "GENERATION_FAILED", when: "during" });

    const invalid = await call(emulator, "POST", "/v2/thumbnail/text", { ...thumbnail, model: "" });
    expect(invalid.body.error?.code).toBe("VALIDATION_ERROR");
    expect(await statuses(emulator, 2)).toEqual([500, 200]);
  });

  async function statuses(emulator: Awaited<ReturnType<typeof emulatorForTest>>, count: number) {
    const seen: number[] = [];
    for (let turn = 0; turn < count; turn++)
      seen.push((await call(emulator, "POST", "/v2/thumbnail/text", thumbnail)).status);
    return seen;
  }
});

describe("a provoked code comes with", () => {
  test("Retry-After in seconds or as a date", async () => {
    const emulator = await emulatorForTest();
    const date = "Sun, 22 Nov 2026 12:00:00 GMT";
    emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 7 });
    emulator.provoke({ code: "SERVICE_UNDER_MAINTENANCE", retryAfter: date });

    const [first, second] = [await get(), await get()];

    expect(first.headers.get("retry-after")).toBe("7");
    expect(second.headers.get("retry-after")).toBe(date);

    function get() {
      return call(emulator, "GET", "/v2/pikzonality/x");
    }
  });

  test("details if it is VALIDATION_ERROR, and a custom message", async () => {
    const emulator = await emulatorForTest();
    const details = [{ field: "prompt", message: "is dull" }];
    emulator.provoke({ code: "VALIDATION_ERROR", message: "No.", details });

    const { body } = await call(emulator, "GET", "/v2/pikzonality/x");

    expect(body.error).toEqual({ code: "VALIDATION_ERROR", message: "No.", details });
  });
});

describe("what cannot be provoked is refused at once", () => {
  test.each<[string, unknown, string]>([
    ["neither code nor fault", {}, "either code or fault"],
    ["both", { code: "CONFLICT", fault: "html" }, "either code or fault"],
    ["an unknown fault", { fault: "flood" }, "fault must be one of reset, "],
    ["an unknown code without a status", { code: "NEW" }, "say which status"],
    ["an unknown moment", { code: "CONFLICT", when: "later" }, "before, during, after"],
    ["an invalid number", { code: "CONFLICT", times: "2" }, "times must be a whole number"],
    ["nothing", undefined, "a provocation must be an object"],
  ])("%s", async (_, provocation, message) => {
    const emulator = await emulatorForTest();

    expect(() => {
      emulator.provoke(provocation as { code: string });
    }).toThrow(message);
  });
});
