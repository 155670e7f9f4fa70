import { expect, test, vi } from "vitest";
import { Traffic } from "../../src/emulator/state/traffic.js";
import { call, emulatorForTest, imageUrl, thumbnail } from "./support.js";

const path = "/v2/thumbnail/text";

test("a bug in the emulator or in an option is an INTERNAL_ERROR and a warning", async () => {
  const emulator = await emulatorForTest({
    imageAt: () => {
      throw new Error("no such table");
    },
  });
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();

  const reply = await call(emulator, "POST", "/v2/thumbnail/score", { image_url: imageUrl });

  expect(reply.status).toBe(500);
  expect(reply.body.error?.code).toBe("INTERNAL_ERROR");
  expect(String(warn.mock.lastCall?.[0])).toContain("no such table");
  expect(emulator.ledger.charges).toEqual([]);
});

test("an option that throws something else than an error is an INTERNAL_ERROR too", async () => {
  const emulator = await emulatorForTest({
    imageAt: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as JavaScript may
      throw "no such table";
    },
  });
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  const reply = await call(emulator, "POST", "/v2/thumbnail/score", { image_url: imageUrl });
  expect(reply.status).toBe(500);
  expect(warn).toHaveBeenLastCalledWith("no such table", "PikzelsEmulatorWarning");
});

test("an onExchange that throws does not affect the response", async () => {
  const emulator = await emulatorForTest({
    onExchange: () => {
      throw new Error("a broken log");
    },
  });
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
  expect(String(warn.mock.lastCall?.[0])).toContain("a broken log");
});

test("trainings can be made to fail over the control API, one if no number is given", async () => {
  const emulator = await emulatorForTest({ trainingMs: 0 });
  expect((await call(emulator, "POST", "/_emulator/trainings")).status).toBe(200);
  const body = { name: "Mine", image_urls: [imageUrl, imageUrl, imageUrl] };
  const { id = "" } = (await call(emulator, "POST", "/v2/pikzonality/style", body)).body;
  const seen = await call(emulator, "GET", `/v2/pikzonality/${id}`);
  expect(seen.body).toMatchObject({ status: "failed" });
});

test("of a long run, the latest 20,000 requests are remembered", () => {
  const traffic = new Traffic();
  for (let number = 1; number <= 20_002; number++)
    traffic.record({ requestId: String(number) } as (typeof traffic.records)[0]);
  expect(traffic.records).toHaveLength(20_000);
  expect(traffic.records[0]?.requestId).toBe("3");
});
