import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { root } from "../docs/snippets.js";
import { languageServiceFor } from "./language-service.js";

/**
 * What an editor shows when it hovers over the last word of each line that is an expression of its
 * own.
 */
const program = `
import { createPikzels, errorCatalog, isPikzelsApiError, PikzelsApiError, toImageDataUrl } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import { startEmulator } from "pikzels-client/emulator";
import { createRedisLimiter } from "pikzels-client/redis";

createPikzels;
const pikzels = createPikzels();
pikzels;
pikzels.thumbnails.fromText;
pikzels.pikzonalities.update;
pikzels.pikzonalities.waitUntilReady;
pikzels.download;
pikzels.api;

const style = await pikzels.styles.create({ name: "a", image_urls: ["b", "c", "d"] });
style;
const thumbnail = await pikzels.thumbnails.edit({ image_url: "a", prompt: "b", format: "16:9" });
thumbnail;
const { data, error: envelope } = await pikzels.api.POST("/v2/title/text", { body: { prompt: "a" } });
data;

declare const error: PikzelsApiError;
error;
error.code;
error.status;
const known = isPikzelsApiError(error, "NOT_FOUND") ? error : undefined;
known;

errorCatalog;
toImageDataUrl;
readImage;
startEmulator;
createRedisLimiter;
`;

const file = join(root, "test/types/hovered.ts");
const service = languageServiceFor(file, program, "test/sample-api/generated");

function hover(expression: string) {
  const start = program.indexOf(`\n${expression};\n`) + 1;
  const info = service.getQuickInfoAtPosition(file, start + expression.length - 1);
  const [shown = ""] = ts.displayPartsToString(info?.displayParts).split("\nimport ");
  return { shown, words: ts.displayPartsToString(info?.documentation) };
}

describe("what an editor shows of the public API is short and uses names:", () => {
  test.each([
    ["createPikzels", "(alias) function createPikzels(options?: PikzelsOptions): Pikzels"],
    ["pikzels", "const pikzels: Pikzels"],
    [
      "pikzels.thumbnails.fromText",
      "(property) fromText: (body: ThumbnailsFromTextBody, options?: CallOptions | undefined) => Promise<ThumbnailsFromTextResponse>",
    ],
    [
      "pikzels.pikzonalities.update",
      "(property) update: (id: string, body: PikzonalitiesUpdateBody, options?: CallOptions | undefined) => Promise<PikzonalitiesUpdateResponse>",
    ],
    [
      "pikzels.pikzonalities.waitUntilReady",
      "(property) waitUntilReady: (id: string, options?: WaitOptions | undefined) => Promise<PikzonalitiesReady>",
    ],
    [
      "pikzels.download",
      "(property) Pikzels.download: (source: ImageSource, options?: DownloadOptions) => Promise<Blob>",
    ],
    ["pikzels.api", "(property) Pikzels.api: PikzelsApi"],
    ["style", "const style: StylesCreateResponse"],
    ["thumbnail", "const thumbnail: ThumbnailsEditResponse"],
    ["data", "const data: TitlesFromTextResponse | undefined"],
    ["error", "const error: PikzelsApiError"],
    ["error.status", "(property) PikzelsApiErrorOf<Code>.status: number"],
    ["known", 'const known: PikzelsApiErrorOf<"NOT_FOUND"> | undefined'],
    ["errorCatalog", "(alias) const errorCatalog: Readonly<Record<ErrorCode, ErrorFacts>>"],
    [
      "toImageDataUrl",
      "(alias) function toImageDataUrl(image: Uint8Array | ArrayBuffer | Blob, options?: ImageDataUrlOptions): Promise<ImageDataUrl>",
    ],
    ["readImage", "(alias) function readImage(path: string | URL): Promise<ImageDataUrl>"],
    [
      "startEmulator",
      "(alias) function startEmulator(options?: EmulatorOptions): Promise<Emulator>",
    ],
    [
      "createRedisLimiter",
      "(alias) function createRedisLimiter(options: RedisLimiterOptions): RedisLimiter",
    ],
  ])("%s", (expression, expected) => {
    expect(hover(expression).shown).toBe(expected);
  });

  // Readers want the codes, of which the compiler leaves some out if there are too many.
  test("error.code", () => {
    expect(hover("error.code").shown).toMatch(
      /^\(property\) PikzelsApiErrorOf<Code>\.code: "VALIDATION_ERROR" \| .+ \| UnknownErrorCode$/,
    );
  });

  test("the parameter of styles.create, while it is typed", () => {
    const start = program.indexOf("styles.create(") + "styles.create(".length;
    const [item] = service.getSignatureHelpItems(file, start, undefined)?.items ?? [];
    expect(item?.parameters.map((one) => ts.displayPartsToString(one.displayParts))).toEqual([
      "body: StylesCreateBody",
      "options?: CallOptions | undefined",
    ]);
  });
});

test("what an editor shows of the public API explains it", () => {
  const explained = [
    ...["createPikzels", "pikzels.thumbnails.fromText", "pikzels.pikzonalities.update"],
    ...["pikzels.download", "pikzels.api", "error.code", "error.status", "errorCatalog"],
    ...["toImageDataUrl", "readImage", "startEmulator", "createRedisLimiter"],
  ];
  expect(explained.filter((expression) => hover(expression).words === "")).toEqual([]);
});

test("the program of the hover tests compiles", () => {
  const problems = service.getSemanticDiagnostics(file);
  expect(problems.map(({ messageText }) => messageText)).toEqual([]);
});
