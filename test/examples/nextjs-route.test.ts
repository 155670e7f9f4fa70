import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setStage, type Stage } from "./support.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  for (const [name, value] of Object.entries(stage.environment)) vi.stubEnv(name, value);
  // Each test has an emulator of its own, but the route keeps its client.
  vi.resetModules();
});
afterEach(() => vi.unstubAllEnvs());

async function post(body: unknown): Promise<{ status: number; json: unknown }> {
  const { POST } = await import("../../examples/nextjs-route/app/api/thumbnail/route.js");
  const init = { method: "POST", body: JSON.stringify(body) };
  const response = await POST(new Request("https://site.example/api/thumbnail", init));
  return { status: response.status, json: await response.json() };
}

test("nextjs-route makes a thumbnail from a prompt, and refuses a request without one", async () => {
  const made = await post({ prompt: "A summit at sunrise" });
  expect(made).toEqual({ status: 200, json: { output: expect.any(String) as string } });
  expect(await post({})).toMatchObject({ status: 400 });
  expect(stage.emulator.requests).toHaveLength(1);
});

test("nextjs-route tells visitors only about their own mistakes", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  stage.emulator.provoke({ fault: "foreign-code", status: 400 });
  expect(await post({ prompt: "Something bad" })).toMatchObject({ status: 400 });
  stage.emulator.provoke({ fault: "foreign-code", status: 402 });
  expect(await post({ prompt: "A summit" })).toEqual({
    status: 503,
    json: { error: "Try again later." },
  });
  stage.emulator.provoke({ fault: "reset", when: "after" });
  expect(await post({ prompt: "A summit" })).toMatchObject({ status: 502 });
  expect(log).toHaveBeenCalledTimes(2);
});

test("nextjs-route writes titles at the edge", async () => {
  const { GET, runtime } = await import("../../examples/nextjs-route/app/api/titles/route.js");
  expect(runtime).toBe("edge");
  const get = (query: string) => GET(new Request(`https://site.example/api/titles${query}`));
  const response = await get("?prompt=Arctic");
  expect(await response.json()).toEqual({ titles: expect.any(Array) as string[] });
  expect(await get("")).toMatchObject({ status: 400 });
  const log = vi.spyOn(console, "error").mockReturnValue();
  stage.emulator.provoke({ fault: "foreign-code", status: 402 });
  expect(await get("?prompt=Arctic")).toMatchObject({ status: 503 });
  expect(log).toHaveBeenCalledOnce();
});
