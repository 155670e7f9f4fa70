import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readErrorCatalogue } from "../../scripts/pull/error-catalogue.js";
import { errorDifferences } from "../../scripts/pull/error-differences.js";
import { errorRows, isErrorsPage } from "../../scripts/pull/errors-page.js";
import { temporaryFolder } from "./temporary-folder.js";

describe("errorRows", () => {
  test("reads the published page, and matches the codes in the fragments", async () => {
    const page = await readFile("test/fixtures/docs/errors.txt", "utf8");
    const fragment = await readFile("test/fixtures/docs/create-style.md", "utf8");
    const listed = /enum:\n((?: +- [A-Z_]+\n)+)/.exec(fragment)?.[1]?.match(/[A-Z_]+/g) ?? [];
    expect(listed).toHaveLength(31);
    expect(
      errorRows(page)
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...listed].sort());
  });

  test("reads a Markdown table, whatever the order of its columns", () => {
    const page = [
      "| HTTP | Code | Typical Cause |",
      "| ---- | :--- | ------------- |",
      "| 400 | `VALIDATION_ERROR` | Request payload failed validation, see HTTP 422 |",
      "| `NOT\\_FOUND` | **404** | API route was not found |",
      "| 200 | OK | No error |",
    ].join("\r\n");
    expect(errorRows(page)).toEqual([
      {
        code: "VALIDATION_ERROR",
        status: 400,
        meaning: "Request payload failed validation, see HTTP 422",
      },
      { code: "NOT_FOUND", status: 404, meaning: "API route was not found" },
    ]);
  });

  test.each([
    ["400NEW_CODERequest payload failed", "NEW_CODE"],
    ["400NEW_CODEA word of one letter", "NEW_CODE"],
    ["400NEW_CODEAPI key is wrong", "NEW_CODE"],
    ["400 NEW_CODE Request payload failed", "NEW_CODE"],
    ["400\tNEW_CODE\tRequest payload failed", "NEW_CODE"],
    ["400NEW_CODE", "NEW_CODE"],
    ["400CODE_V2Request payload failed", "CODE_V2"],
  ])("reads %j as text", (line, code) => {
    expect(errorRows(line)).toMatchObject([{ code, status: 400 }]);
  });

  test("prefers known codes, the longest one first, and never a part of a new one", () => {
    const known = ["INVALID_KEY", "INVALID_KEY_FORMAT", "CONFLICT"];
    const read = (line: string) => errorRows(line, known)[0]?.code;
    expect(read("401INVALID_KEYVAT number is unknown")).toBe("INVALID_KEY");
    expect(read("401INVALID_KEY_FORMATVAT number is odd")).toBe("INVALID_KEY_FORMAT");
    expect(read("401INVALID_KEY_SCOPERequest is outside")).toBe("INVALID_KEY_SCOPE");
    expect(read("409CONFLICTINGRequest conflicts")).toBe("CONFLICTING");
  });

  test.each([
    "",
    "404",
    "404 pages were found",
    "2024RELEASEIt was good",
    "A 400BAD_THINGIn prose",
    "| a | b |",
  ])("finds no code in %j", (line) => {
    expect(errorRows(line)).toEqual([]);
  });

  test("reads a code that is listed twice only once", () => {
    expect(errorRows("400ONCEThe first\n400ONCEThe second")).toHaveLength(1);
  });
});

test.each([
  ["https://docs.pikzels.com/errors.md", true],
  ["https://docs.pikzels.com/guides/errors.md?v=2", true],
  ["docs\\error-codes.txt", true],
  ["errors.txt", true],
  ["https://docs.pikzels.com/errors/overview.md", false],
  ["https://docs.pikzels.com/terrors.md", false],
  ["llms-full.txt:120", false],
])("whether %s is the errors page: %s", (location, expected) => {
  expect(isErrorsPage({ address: "", location })).toBe(expected);
});

describe("errorDifferences", () => {
  const published = [
    { code: "A", status: 400 },
    { code: "B", status: 404 },
  ];

  test("is empty if both agree", () => {
    expect(
      errorDifferences(
        published,
        new Map([
          ["B", 404],
          ["A", 400],
        ]),
      ),
    ).toEqual([]);
  });

  test("names the codes that are missing, have another status, or were removed", () => {
    expect(
      errorDifferences(
        published,
        new Map([
          ["B", 409],
          ["C", 500],
        ]),
      ),
    ).toEqual([
      "lacks A (HTTP 400)",
      "has B as HTTP 409, published as HTTP 404",
      "has C, which the docs no longer list",
    ]);
  });
});

describe("readErrorCatalogue", () => {
  test("is empty if there is none", async () => {
    expect((await readErrorCatalogue("no/such/errors.yaml")).size).toBe(0);
  });

  test("refuses a file without codes", async () => {
    const folder = await temporaryFolder({ "errors.yaml": "api: A\ncodes: [A]\n" });
    await expect(readErrorCatalogue(`${folder}/errors.yaml`)).rejects.toThrow(
      "errors.yaml: is not an error catalogue",
    );
  });
});
