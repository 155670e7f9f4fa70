import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "pikzels-client/emulator";
import { cli, emulate, KEY, temporaryFolder } from "./support.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulate();
});

const complete = ["--model", "pkz_4_5", "--format", "16:9"];

describe("a usage error is one line with exit code 2, and nothing is sent", () => {
  test.for([
    [["thumbnail"], /Unknown command 'thumbnail' \(Did you mean thumbnails\?\)/],
    [["thumbnails", "from-txt"], /\(Did you mean from-text\?\)/],
    [["constructor"], /Unknown command 'constructor'/],
    [["thumbnails", "from-text", "x", "--modle", "pkz_4"], /\(Did you mean --model\?\)/],
    [["thumbnails", "from-text", "x", "--model"], /argument missing/],
    [["thumbnails", "from-text", ...complete], /Missing: <prompt>\./],
    [["thumbnails", "from-text", "x"], /Missing: --model and --format\./],
    [["thumbnails", "from-text", "a", "climber", ...complete], /[Tt]oo many arguments/],
    [
      ["thumbnails", "from-text", "x", "--format", "4:3", "--model", "pkz_4"],
      /--format must be .* or .*, not "4:3"/,
    ],
    [["thumbnails", "from-text", "x", ...complete, ...complete], /--model can be given once/],
    [["thumbnails", "from-text", "", ...complete], /<prompt> must be 1 to 3000 characters, not 0/],
    [["titles", "from-text"], /Give <prompt> or --support-image\./],
    [["thumbnails", "score"], /Missing: --image\./],
    [["thumbnails", "score", "--image", "missing.png"], /missing\.png cannot be read \(ENOENT\)/],
    [["thumbnails", "score", "--image", "http://example.com/a.png"], /image_url/],
    [["styles", "create", "--name", "Look", "--image", "a.png"], /--image must be 3 values, not 1/],
    [
      [
        "styles",
        "create",
        "--name",
        "Look",
        "--image",
        "a.png",
        "--image",
        "b.png",
        "--image",
        "https://example.com/c.png",
      ],
      /not as a mixture/,
    ],
    [["pikzonalities", "get"], /[Mm]issing required argument 'id'/],
    [["titles", "from-text", "x", "--timeout", "soon"], /number above 0/],
    [
      ["titles", "from-text", "x", "--body", "missing.json"],
      /missing\.json cannot be read \(ENOENT\)/,
    ],
    [["titles", "from-text", "x", "--base-url", "ftp://example.com"], /baseUrl/],
  ] as const)("%j", async ([argv, message]) => {
    const { code, stdout, stderr } = await cli(argv);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: .+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(emulator.stats.requests).toBe(0);
  });

  test.for([
    ["invalid JSON", "{", /holds no JSON/],
    ["a value that is not an object", "[]", /must be a JSON object/],
    ["an unknown field", '{"prompt":"x","colour":"red"}', /colour is no field of the body/],
    ["a value of the wrong type", '{"prompt":7}', /<prompt> must be a text, not 7/],
  ] as const)("a body with %s", async ([, body, message]) => {
    const file = join(await temporaryFolder(), "body.json");
    await writeFile(file, body);
    const { code, stderr } = await cli(["titles", "from-text", "--body", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(emulator.stats.requests).toBe(0);
  });

  test("standard input for two images at once", async () => {
    const argv = ["thumbnails", "edit", "x", "--format", "16:9", "--image", "-", "--mask", "-"];
    const stdin = await readFile("test/fixtures/images/photo.png");
    expect((await cli(argv, { stdin })).stderr).toMatch(/can be read once/);
  });
});

test("a misplaced key is not repeated", async () => {
  for (const argv of [
    [KEY],
    ["titles", "from-text", "x", "--format", KEY],
    ["titles", KEY],
    [`--${KEY}`],
  ]) {
    const { code, stdout, stderr } = await cli(argv);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(KEY.slice(4));
  }
});
