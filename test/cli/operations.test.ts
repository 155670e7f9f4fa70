import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { loadOperations, type ApiOperation } from "../../src/cli/operations/operations.js";
import { readDocument } from "../../src/cli/document.js";
import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { cli, emulate, KEY, temporaryFolder } from "./support.js";

const PHOTO = "test/fixtures/images/photo.png";
const photoUrl = "https://example.com/photo.png";

/** The example body of an operation in the spec. */
function exampleOf({ id }: ApiOperation): JsonObject {
  const defined = operationsOf(readDocument()).find(({ operationId }) => operationId === id);
  const [media] = Object.values(objectAt(defined?.definition, "requestBody", "content"));
  return objectAt(media, "example");
}

/** Collects the bodies that reach an emulator from now on. */
async function seenBodies(): Promise<unknown[]> {
  await emulate();
  const bodies: unknown[] = [];
  const { fetch } = globalThis;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    bodies.push(await request.clone().json());
    return fetch(request);
  });
  return bodies;
}

/** An id for an operation that takes one: that of a new, trained resource. */
async function createdId(): Promise<string> {
  const { stdout } = await cli([
    "styles",
    "create",
    "--name",
    "Look",
    ...Array<string[]>(3).fill(["--image", PHOTO]).flat(),
    "--wait",
    "--json",
  ]);
  return String((JSON.parse(stdout) as JsonObject)["id"]);
}

describe("every operation of the spec", () => {
  test.each(loadOperations().map((operation) => [operation.name, operation] as const))(
    "%s takes a body from a file and answers with JSON",
    async (_name, operation) => {
      const emulator = await emulate();
      const takesId = operation.inputs.some(({ target }) => target === "path");
      const ids = takesId ? [await createdId()] : [];
      const file = join(await temporaryFolder(), "body.json");
      await writeFile(file, JSON.stringify(exampleOf(operation)));

      const argv = [...operation.words, ...ids, ...(operation.facts.body ? ["--body", file] : [])];
      const { code, stdout, stderr } = await cli([...argv, "--json"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toBeTypeOf("object");
      expect(emulator.requests.at(-1)).toMatchObject({ operation: operation.id, status: 200 });
    },
  );
});

const fromText = ["thumbnails", "from-text", "A climber", "--model", "pkz_4_5", "--format", "16:9"];

describe("a response on the terminal", () => {
  test("is printed as lines with a name and a value", async () => {
    await emulate();
    const { stdout } = await cli(["thumbnails", "score", "--image", PHOTO]);
    expect(stdout).toMatch(/^main_score +\d/m);
    expect(stdout).toMatch(/^subscores\.clarity +\d/m);
  });

  test("prints a list with one line per item", async () => {
    await emulate();
    const { stdout } = await cli(["titles", "from-text", "A week alone in the Arctic", "--json"]);
    const { outputs } = JSON.parse(stdout) as { outputs: string[] };
    const lines = (await cli(["titles", "from-text", "A week alone in the Arctic"])).stdout.split(
      "\n",
    );
    expect(outputs.length).toBeGreaterThan(1);
    const columns = outputs.map((title) =>
      lines.map((line) => line.indexOf(title)).find((column) => column >= 0),
    );
    expect(new Set(columns).size).toBe(1);
    expect(columns[0]).toBeGreaterThan("outputs".length);
  });

  test("cannot control the terminal", async () => {
    const emulator = await emulate();
    emulator.provoke({ code: "CONTENT_POLICY", message: "no \u001b[2J\nsecond line" });
    const { stderr } = await cli(fromText);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toMatch(/^.+\n$/);
  });
});

describe("a prompt", () => {
  const send = (prompt: string) =>
    cli(["thumbnails", "from-text", prompt, "--model", "pkz_4_5", "--format", "16:9"]);

  test("loses what the API refuses, with a note", async () => {
    const seen = await seenBodies();
    const { code, stderr } = await send("A climber\non a summit, see https://example.com/a.png");
    expect(code).toBe(0);
    expect(stderr).toBe(
      'Taken out of prompt, since the API refuses it: a line break, "https://example.com/a.png".\n',
    );
    expect(seen[0]).toMatchObject({ prompt: "A climber on a summit, see" });
  });

  test("that the service may shorten is sent unchanged, with a note", async () => {
    const seen = await seenBodies();
    const prompt = "summit ".repeat(150).trim();
    const { stderr } = await send(prompt);
    expect(stderr).toMatch(/^The service may shorten prompt: it has 1049 characters\.$/m);
    expect(seen[0]).toMatchObject({ prompt });
  });

  test("is refused before anything is sent if nothing of it is left", async () => {
    const seen = await seenBodies();
    const { code, stderr } = await send("https://example.com");
    expect(code).toBe(2);
    expect(stderr).toMatch(/<prompt> must be 1 to 3000 characters, not 0/);
    expect(seen).toEqual([]);
  });
});

describe("--image", () => {
  const bodyOf = async (argv: string[], stdin?: Uint8Array) => {
    const sent = await seenBodies();
    const { code, stderr } = await cli(argv, stdin ? { stdin } : {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(sent).toHaveLength(1);
    return sent[0];
  };
  const dataUrl = async () => `data:image/png;base64,${(await readFile(PHOTO)).toString("base64")}`;

  test("sends a file as a data URL", async () => {
    expect(await bodyOf(["thumbnails", "score", "--image", PHOTO])).toEqual({
      image_base64: await dataUrl(),
    });
  });

  test("sends an address unchanged", async () => {
    expect(await bodyOf(["thumbnails", "score", "--image", photoUrl])).toEqual({
      image_url: photoUrl,
    });
  });

  test("reads standard input if it is -", async () => {
    const body = await bodyOf(["thumbnails", "score", "--image", "-"], await readFile(PHOTO));
    expect(body).toEqual({ image_base64: await dataUrl() });
  });

  test("is repeated for several images", async () => {
    const images = Array<string[]>(3).fill(["--image", photoUrl]).flat();
    expect(await bodyOf(["personas", "create", "--name", "Ada", ...images])).toEqual({
      name: "Ada",
      image_urls: [photoUrl, photoUrl, photoUrl],
    });
  });

  test("finds the fields of each image if there are several", async () => {
    const argv = [
      "thumbnails",
      "face-swap",
      "--image",
      PHOTO,
      "--face-image",
      photoUrl,
      "--format",
      "1:1",
    ];
    expect(await bodyOf(argv)).toEqual({
      image_base64: await dataUrl(),
      face_image: photoUrl,
      format: "1:1",
    });
  });
});

test("flags override the body from standard input", async () => {
  const emulator = await emulate();
  const stdin = JSON.stringify({ prompt: "A climber", model: "pkz_4", format: "16:9" });
  const { code } = await cli(
    ["thumbnails", "from-text", "--body", "-", "--model", "pkz_3", "--json"],
    { stdin },
  );
  expect(code).toBe(0);
  expect(emulator.ledger.charges.length).toBe(1);
});

test("--no-… sends null where the spec allows it", async () => {
  await emulate();
  const id = await createdId();
  await cli(["pikzonalities", "update", id, "--special-instructions", "Warm colours"]);
  const { stdout } = await cli([
    "pikzonalities",
    "update",
    id,
    "--no-special-instructions",
    "--json",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ special_instructions: null });
});

describe("--save", () => {
  test("saves the picture under the given name", async () => {
    await emulate();
    const folder = await temporaryFolder();
    const file = join(folder, "climber.png");
    const { code, stdout, stderr } = await cli([...fromText, "--save", file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `Saved ${file}\n` });
    expect(stdout).toMatch(/^output +http/m);
    expect((await readFile(file)).subarray(1, 4).toString()).toBe("PNG");
    expect(await readdir(folder)).toEqual(["climber.png"]);
  });

  test("numbers the pictures if a response has several", async () => {
    await emulate();
    const folder = await temporaryFolder();
    const { code } = await cli([
      "pikzonalities",
      "get",
      await createdId(),
      "--save",
      join(folder, "look.png"),
    ]);
    expect(code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual([
      "look-2.png",
      "look-3.png",
      "look-4.png",
      "look.png",
    ]);
  });

  test.for([
    ["a folder that does not exist", "missing/climber.png", /there is no folder/],
    ["a folder", ".", /it is a folder/],
    ["a path through a file", "file/climber.png", /is not a folder/],
  ] as const)("refuses %s before anything is paid for", async ([, path, message]) => {
    const emulator = await emulate();
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    const { code, stderr } = await cli([...fromText, "--save", join(folder, path)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(emulator.stats.requests).toBe(0);
  });

  test("prints the address of a picture that cannot be saved", async () => {
    const emulator = await emulate();
    const folder = await temporaryFolder();
    const file = join(folder, "climber.png");
    emulator.provoke({ fault: "slow-answer", delayMs: 0 });
    // The folder is there when it is checked, and blocks the file when the picture arrives.
    const onExchange = vi.spyOn(globalThis, "fetch").mockImplementationOnce(async (...args) => {
      await mkdir(file);
      onExchange.mockRestore();
      return fetch(...args);
    });
    const { code, stdout, stderr } = await cli([...fromText, "--save", file]);
    const [address = ""] = /http\S+/.exec(stdout) ?? [];
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*not saved.+\n$/);
    expect(stderr).toContain(address);
  });

  test("is not an option of an operation without pictures", async () => {
    await emulate();
    expect((await cli(["titles", "from-text", "x", "--save", "x.png"])).stderr).toMatch(/--save/);
  });
});

describe("--wait", () => {
  const images = Array<string[]>(3).fill(["--image", PHOTO]).flat();
  const create = ["styles", "create", "--name", "Look", ...images, "--wait"];

  test("follows a training and prints the result", async () => {
    await emulate();
    const { code, stdout } = await cli([...create, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: "Look", status: "completed" });
  });

  test("exits with 1 if the training fails", async () => {
    const emulator = await emulate();
    emulator.failTraining(1);
    const { code, stdout, stderr } = await cli(create);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^id +\S+/m);
    expect(stderr).toMatch(/failed/);
  });

  test("is an option only of operations that start or read something that takes time", () => {
    const waiting = loadOperations().filter(({ waitMethod }) => waitMethod !== undefined);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every(({ facts }) => facts.method === "POST" || facts.method === "GET")).toBe(
      true,
    );
    expect(
      waiting.some(({ givesPictures, facts }) => facts.method === "POST" && givesPictures),
    ).toBe(false);
  });
});

describe("exit codes", () => {
  test("are 1 if the service refuses", async () => {
    const emulator = await emulate();
    emulator.provoke({ code: "INSUFFICIENT_CREDITS" });
    const { code, stdout, stderr } = await cli(fromText);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: .*INSUFFICIENT_CREDITS.+\n$/);
  });

  test("are 3 if a request may have been billed", async () => {
    const emulator = await emulate();
    emulator.provoke({ fault: "cut-body" });
    const { code, stderr } = await cli(fromText);
    expect(code).toBe(3);
    expect(stderr).toMatch(/may have been processed and billed/);
    expect(emulator.ledger.charges.length).toBe(1);
  });

  test("are 1 if the service cannot be reached", async () => {
    const emulator = await emulate();
    await emulator.close();
    const { code, stderr } = await cli(fromText);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Nothing was sent/);
  });

  test("are 2 without a key", async () => {
    await emulate();
    vi.stubEnv("PIKZELS_API_KEY", undefined);
    const { code, stderr } = await cli(fromText);
    expect(code).toBe(2);
    expect(stderr).toMatch(/PIKZELS_API_KEY/);
  });
});

describe("an interruption", () => {
  test("while a request is under way says that it may have been billed, and exits with 130", async () => {
    const emulator = await emulate({ processingMs: 60_000 });
    const running = cli(fromText, {
      started: async (interrupt) => {
        await vi.waitFor(() => {
          expect(emulator.stats.inFlight).toBe(1);
        });
        interrupt();
      },
    });
    const { code, stdout, stderr } = await running;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/^error: Interrupted .*may have been processed and billed.+\n$/);
  });

  test("during a training says so", async () => {
    const emulator = await emulate({ trainingMs: 600_000 });
    const argv = ["styles", "create", "--name", "Look", "--wait"];
    const images = Array<string[]>(3).fill(["--image", photoUrl]).flat();
    const { code, stdout, stderr } = await cli([...argv, ...images], {
      started: async (interrupt) => {
        await vi.waitFor(() => {
          expect(emulator.requests.some(({ method }) => method === "GET")).toBe(true);
        });
        interrupt();
      },
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^id +\S+/m);
    expect(stderr).toMatch(/What was started goes on/);
  });
});

describe("on a terminal", () => {
  test("a call shows how long it has been under way, then clears that line", async () => {
    await emulate();
    const { stderr } = await cli(fromText, { terminal: 80 });
    expect(stderr).toContain("thumbnails from-text … 0 s");
    // The cursor is visible again, and its line is cleared.
    expect(stderr).toContain("\u001b[?25h");
    expect(stderr.endsWith("\u001b[1G\u001b[2K")).toBe(true);
  });
});

test("no output contains the key, whatever happens", async () => {
  const emulator = await emulate();
  for (const provoke of [
    () => undefined,
    () => {
      emulator.provoke({ code: "INVALID_API_KEY", message: `unknown key ${KEY}` });
    },
    () => {
      emulator.provoke({ fault: "html" });
    },
    () => {
      emulator.provoke({ fault: "reset" });
    },
  ]) {
    provoke();
    const { stdout, stderr } = await cli([...fromText, "--json"]);
    expect(stdout + stderr).not.toContain(KEY);
  }
});
