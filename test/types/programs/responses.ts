import {
  createPikzels,
  type CallOptions,
  type PikzonalitiesGetResponse,
  type ThumbnailsFromTextBody,
  type ThumbnailsFromTextResponse,
} from "pikzels-client";
import { describe, expectTypeOf, test } from "vitest";

const pikzels = createPikzels();
const { thumbnails, titles, personas, styles, pikzonalities, api } = pikzels;

describe("each method resolves to what its operation answers", () => {
  test("thumbnails", () => {
    expectTypeOf(thumbnails.fromText).parameters.toEqualTypeOf<
      [body: ThumbnailsFromTextBody, options?: CallOptions]
    >();
    expectTypeOf(thumbnails.fromText).returns.resolves.toEqualTypeOf<ThumbnailsFromTextResponse>();
    expectTypeOf(thumbnails.fromImage).returns.resolves.toHaveProperty("output").toBeString();
    expectTypeOf(thumbnails.edit).returns.resolves.toHaveProperty("output").toBeString();
    expectTypeOf(thumbnails.faceSwap).returns.resolves.toHaveProperty("output").toBeString();
    expectTypeOf(thumbnails.score).returns.resolves.toHaveProperty("main_score").toBeNumber();
    expectTypeOf(thumbnails.score).returns.resolves.toHaveProperty("suggestion").toBeNullable();
  });

  test("titles, personas, styles", () => {
    expectTypeOf(titles.fromText)
      .returns.resolves.toHaveProperty("outputs")
      .toEqualTypeOf<string[]>();
    expectTypeOf(personas.create).returns.resolves.toHaveProperty("id").toBeString();
    expectTypeOf(styles.create).returns.resolves.toHaveProperty("id").toBeString();
  });

  test("pikzonalities, with the id as the first argument", () => {
    expectTypeOf(pikzonalities.get).parameters.toEqualTypeOf<[id: string, options?: CallOptions]>();
    expectTypeOf(pikzonalities.get).returns.resolves.toEqualTypeOf<PikzonalitiesGetResponse>();
    expectTypeOf(pikzonalities.update).parameter(1).toHaveProperty("special_instructions");
    expectTypeOf(pikzonalities.delete).returns.resolves.toEqualTypeOf<{ message: string }>();
    // @ts-expect-error -- the id is missing
    void pikzonalities.get();
    // @ts-expect-error -- a number is no id
    void pikzonalities.get(7);
    // @ts-expect-error -- the body is missing
    void pikzonalities.update("x");
    // @ts-expect-error -- an option that is none
    void pikzonalities.get("x", { retries: 3 });
  });

  test("a ready resource has its images", () => {
    const ready = pikzonalities.waitUntilReady("x");
    expectTypeOf(ready).resolves.toHaveProperty("portrait_url").toBeString();
    expectTypeOf(ready).resolves.toHaveProperty("reference").toEqualTypeOf<string[]>();
    expectTypeOf(ready).resolves.toHaveProperty("status").toEqualTypeOf<"completed">();
  });

  test("a download is a Blob, from an address or a response", () => {
    expectTypeOf(pikzels.download).returns.resolves.toEqualTypeOf<Blob>();
    void thumbnails.fromText({ prompt: "x", model: "pkz_2", format: "1:1" }).then(pikzels.download);
    // @ts-expect-error -- an answer without an output
    void pikzels.download({ id: "x" });
  });
});

describe("api", () => {
  test("returns data or error as a discriminated union", async () => {
    const { data, error } = await api.GET("/v2/pikzonality/{id}", {
      params: { path: { id: "x" } },
    });
    if (data) {
      expectTypeOf(data).toEqualTypeOf<PikzonalitiesGetResponse>();
      expectTypeOf(error).toEqualTypeOf<undefined>();
    } else {
      expectTypeOf(error.error.message).toBeString();
      // @ts-expect-error -- no documented code
      if (error.error.code === "NOPE") return;
    }
  });
});
