import { readImage } from "pikzels-client/node";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLES } from "../support/images.js";

const PNG = SAMPLES["image/png"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-read-image-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("readImage", () => {
  test("encodes a file by its bytes, not by its name", async () => {
    const path = join(folder, "picture.jpg");
    await writeFile(path, PNG);
    const expected = `data:image/png;base64,${Buffer.from(PNG).toString("base64")}`;
    await expect(readImage(path)).resolves.toBe(expected);
    await expect(readImage(new URL(`file://${path}`))).resolves.toBe(expected);
  });

  test("does not read a file that is too large", async () => {
    const path = join(folder, "film.png");
    await writeFile(path, PNG);
    await truncate(path, 5 * 1024 ** 3);
    await expect(readImage(path)).rejects.toThrow("5368709120 bytes");
  });

  test.each([
    ["a missing file", "nowhere.png", "(ENOENT)"],
    ["a folder", ".", "(not a file)"],
  ])("names the path and the reason if it cannot read %s", async (_what, name, reason) => {
    const path = join(folder, name);
    await expect(readImage(path)).rejects.toMatchObject({
      name: "PikzelsInputError",
      message: `The image ${path} cannot be read ${reason}. Nothing was sent.`,
      cause: expect.any(Error) as Error,
    });
  });

  test("names the path of a file that is not an image", async () => {
    const path = join(folder, "notes.png");
    await writeFile(path, "buy milk");
    await expect(readImage(path)).rejects.toThrow(
      `The image ${path} is not an image of a known type; expected PNG, JPEG, WebP, GIF or AVIF.`,
    );
  });

  test("refuses an endless device without reading it", async () => {
    await expect(readImage("/dev/zero")).rejects.toThrow("cannot be read");
  });
});
