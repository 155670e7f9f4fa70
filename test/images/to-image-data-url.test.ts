import fc from "fast-check";
import { PikzelsInputError, toImageDataUrl } from "pikzels-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { SAMPLES } from "../support/images.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("what an image is, is told by its bytes", () => {
  test.each(Object.entries(SAMPLES))("%s", async (type, bytes) => {
    const expected = `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
    const padded = new Uint8Array([0, 0, ...bytes, 0]);
    const view = padded.subarray(2, 2 + bytes.length);
    const exact = new Uint8Array(bytes).buffer;
    for (const shape of [
      bytes,
      Buffer.from(bytes),
      view,
      exact,
      new Blob([exact], { type: "text/plain" }),
    ]) {
      await expect(toImageDataUrl(shape)).resolves.toBe(expected);
    }
  });

  test.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("no image at all")],
    ["HTML", new TextEncoder().encode("<svg></svg>")],
    ["a truncated signature", SAMPLES["image/png"].subarray(0, 7)],
    ["sound in a RIFF", new TextEncoder().encode("RIFF    WAVEfmt ")],
    ["video in the container of AVIF", new TextEncoder().encode("    ftypisom    isomiso2mp41")],
    ["a PNG that begins late", Uint8Array.of(0, ...SAMPLES["image/png"])],
    ["a JPEG that begins late", Uint8Array.of(0, ...SAMPLES["image/jpeg"])],
    ["a GIF that begins late", Uint8Array.of(0, ...SAMPLES["image/gif"])],
    ["a GIF of no version", new TextEncoder().encode("GIF88a")],
    ["a WebP that begins late", Uint8Array.of(0, ...SAMPLES["image/webp"])],
    ["an AVIF that begins late", Uint8Array.of(0, ...SAMPLES["image/avif"])],
    ["AVIF's name too far behind", new TextEncoder().encode(`    ftyp${"mif1".repeat(14)}avif`)],
    ["AVIF's name at no brand's place", new TextEncoder().encode("    ftypisom  avif  ")],
  ])("%s is refused", async (_what, bytes) => {
    await expect(toImageDataUrl(bytes)).rejects.toBeInstanceOf(PikzelsInputError);
  });

  test.each([
    ["the older GIF", "image/gif", "GIF87a"],
    ["a moving AVIF", "image/avif", "    ftypavis"],
    ["an AVIF by its first brand", "image/avif", "    ftypavif"],
    ["an AVIF by its last brand in sight", "image/avif", `    ftyp${"mif1".repeat(13)}avif`],
  ])("%s is %s", async (_what, type, text) => {
    const bytes = new TextEncoder().encode(text);
    await expect(toImageDataUrl(bytes)).resolves.toMatch(`data:${type};base64,`);
  });

  test("so is what is no image, with the kinds that are", async () => {
    const text = new TextEncoder().encode("text");
    await expect(toImageDataUrl(text)).rejects.toThrow(/no image .*, not PNG, JPEG, .*AVIF\./);
    const png = { mediaType: "image/png" } as const;
    await expect(toImageDataUrl(text, png)).rejects.toThrow(/no image .*, not image\/png\./);
  });

  test("so is another kind than the one that was asked for", async () => {
    const png = SAMPLES["image/png"];
    await expect(toImageDataUrl(png, { mediaType: "image/jpeg" })).rejects.toThrow(
      "The image is image/png, not image/jpeg.",
    );
    await expect(toImageDataUrl(png, { mediaType: "image/png" })).resolves.toMatch(/^data:/);
  });

  test.each(["path.png", null, undefined, 7, {}, [1, 2]])("%j is no image", async (value) => {
    const call = toImageDataUrl(value as never);
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    await expect(call).rejects.toThrow(/Uint8Array.*ArrayBuffer.*Blob/);
  });
});

describe("10 MB at most", () => {
  const limit = 10 * 1024 * 1024;
  const png = (size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(SAMPLES["image/png"]);
    return bytes;
  };

  test("exactly that passes, one byte more does not", async () => {
    await expect(toImageDataUrl(png(limit))).resolves.toHaveLength(
      "data:image/png;base64,".length + 4 * Math.ceil(limit / 3),
    );
    await expect(toImageDataUrl(png(limit + 1))).rejects.toThrow(
      new RegExp(`^The image .*${limit + 1} bytes.*${limit} is the limit`),
    );
  });

  test("a blob that is larger is not even read", async () => {
    const blob = new Blob([png(limit + 1)]);
    const read = vi.spyOn(blob, "arrayBuffer");
    await expect(toImageDataUrl(blob)).rejects.toBeInstanceOf(PikzelsInputError);
    expect(read).not.toHaveBeenCalled();
  });
});

describe("where there is no Buffer", () => {
  test("the platform's own base64 is used", async () => {
    vi.stubGlobal("Buffer", undefined);
    const bytes = Object.assign(new Uint8Array(SAMPLES["image/png"]), { toBase64: () => "AAAA" });
    const prototype = Uint8Array.prototype as { toBase64?: unknown };
    const own = prototype.toBase64;
    prototype.toBase64 = bytes.toBase64;
    try {
      await expect(toImageDataUrl(bytes)).resolves.toBe("data:image/png;base64,AAAA");
    } finally {
      if (own) prototype.toBase64 = own;
      else delete prototype.toBase64;
    }
  });

  test("and else chunks of our own, which say the same", async () => {
    const own = Buffer;
    const chunk = 3 * 8192;
    const sizes = fc.oneof(
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: chunk - 70, max: chunk + 3 }),
      fc.constant(2 * chunk),
    );
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        async (size, seed) => {
          const bytes = new Uint8Array([
            ...SAMPLES["image/png"],
            ...Array.from({ length: size }, (_, at) => seed[at % seed.length] ?? 0),
          ]);
          vi.stubGlobal("Buffer", undefined);
          const url = await toImageDataUrl(bytes);
          vi.stubGlobal("Buffer", own);
          expect(url).toBe(`data:image/png;base64,${own.from(bytes).toString("base64")}`);
        },
      ),
    );
  });
});
