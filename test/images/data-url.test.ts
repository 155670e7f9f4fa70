import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { PikzelsInputError, toImageDataUrl } from "pikzels-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { SAMPLES } from "../support/images.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("toImageDataUrl recognizes an image by its bytes", () => {
  test.each(Object.entries(SAMPLES))(
    "accepts %s in every form that bytes come in",
    async (type, bytes) => {
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
    },
  );

  test.each([
    ["no bytes", new Uint8Array()],
    ["text", new TextEncoder().encode("no image at all")],
    ["HTML", new TextEncoder().encode("<svg></svg>")],
    ["a cut-off signature", SAMPLES["image/png"].subarray(0, 7)],
    ["a RIFF file with sound", new TextEncoder().encode("RIFF    WAVEfmt ")],
    ["a video in the container of AVIF", new TextEncoder().encode("    ftypisom    isomiso2mp41")],
    ["a PNG signature after the first byte", Uint8Array.of(0, ...SAMPLES["image/png"])],
    ["a JPEG signature after the first byte", Uint8Array.of(0, ...SAMPLES["image/jpeg"])],
    ["a GIF signature after the first byte", Uint8Array.of(0, ...SAMPLES["image/gif"])],
    ["a GIF of an unknown version", new TextEncoder().encode("GIF88a")],
    ["a WebP signature after the first byte", Uint8Array.of(0, ...SAMPLES["image/webp"])],
    ["an AVIF signature after the first byte", Uint8Array.of(0, ...SAMPLES["image/avif"])],
    [
      "an AVIF brand beyond the first 64 bytes",
      new TextEncoder().encode(`    ftyp${"mif1".repeat(14)}avif`),
    ],
    ["an AVIF brand that is not aligned", new TextEncoder().encode("    ftypisom  avif  ")],
  ])("refuses %s", async (_what, bytes) => {
    await expect(toImageDataUrl(bytes)).rejects.toBeInstanceOf(PikzelsInputError);
  });

  test.each([
    ["the older GIF version", "image/gif", "GIF87a"],
    ["an AVIF sequence", "image/avif", "    ftypavis"],
    ["an AVIF by its major brand", "image/avif", "    ftypavif"],
    ["an AVIF by the last brand within 64 bytes", "image/avif", `    ftyp${"mif1".repeat(13)}avif`],
  ])("recognizes %s as %s", async (_what, type, text) => {
    const bytes = new TextEncoder().encode(text);
    await expect(toImageDataUrl(bytes)).resolves.toMatch(`data:${type};base64,`);
  });

  test("takes an ArrayBuffer and a Blob of another realm, as in Jest", async () => {
    const bytes = SAMPLES["image/png"];
    const buffer = runInNewContext("new Uint8Array(bytes).buffer", {
      bytes: [...bytes],
    }) as ArrayBuffer;
    expect(buffer).not.toBeInstanceOf(ArrayBuffer);
    const blob = {
      [Symbol.toStringTag]: "Blob",
      size: bytes.length,
      arrayBuffer: () => Promise.resolve(buffer),
    } as unknown as Blob;
    for (const image of [buffer, blob]) {
      expect(await toImageDataUrl(image)).toBe(await toImageDataUrl(bytes));
    }
  });

  test("names the expected types if it refuses bytes that are not an image", async () => {
    const text = new TextEncoder().encode("text");
    await expect(toImageDataUrl(text)).rejects.toThrow(
      /not an image .*; expected PNG, JPEG, .*AVIF\./,
    );
    const png = { mediaType: "image/png" } as const;
    await expect(toImageDataUrl(text, png)).rejects.toThrow(
      /not an image .*; expected image\/png\./,
    );
  });

  test("refuses an image of a type other than mediaType", async () => {
    const png = SAMPLES["image/png"];
    await expect(toImageDataUrl(png, { mediaType: "image/jpeg" })).rejects.toThrow(
      "The image is image/png; expected image/jpeg.",
    );
    await expect(toImageDataUrl(png, { mediaType: "image/png" })).resolves.toMatch(/^data:/);
  });

  test.each(["path.png", null, undefined, 7, {}, [1, 2]])(
    "refuses %j and names what it accepts",
    async (value) => {
      const call = toImageDataUrl(value as never);
      await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
      await expect(call).rejects.toThrow(/Uint8Array.*ArrayBuffer.*Blob/);
    },
  );
});

describe("toImageDataUrl limits the size to 10 MB", () => {
  const limit = 10 * 1024 * 1024;
  const png = (size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(SAMPLES["image/png"]);
    return bytes;
  };

  test("accepts exactly 10 MB and refuses one byte more", async () => {
    await expect(toImageDataUrl(png(limit))).resolves.toHaveLength(
      "data:image/png;base64,".length + 4 * Math.ceil(limit / 3),
    );
    await expect(toImageDataUrl(png(limit + 1))).rejects.toThrow(
      new RegExp(`^The image .*${limit + 1} bytes.*the limit is ${limit}`),
    );
  });

  test("does not read a blob that is larger", async () => {
    const blob = new Blob([png(limit + 1)]);
    const read = vi.spyOn(blob, "arrayBuffer");
    await expect(toImageDataUrl(blob)).rejects.toBeInstanceOf(PikzelsInputError);
    expect(read).not.toHaveBeenCalled();
  });
});

describe("toImageDataUrl on a platform without Buffer", () => {
  test("uses Uint8Array.prototype.toBase64", async () => {
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

  test("encodes in chunks like Buffer does if there is no toBase64 either", async () => {
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
