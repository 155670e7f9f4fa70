import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/openapi/json.js";
import { readRecords, type FileRecord } from "../../src/cli/batch/read-records.js";
import { cli, emulate, temporaryFolder } from "./support.js";

const PHOTO = "test/fixtures/images/photo.png";

/** Makes a folder with a batch file in it. */
async function batchFile(name: string, content: string) {
  const folder = await temporaryFolder();
  const file = join(folder, name);
  await writeFile(file, content);
  return { file, out: join(folder, "out") };
}

const titles = (count: number) =>
  [
    "prompt",
    ...Array.from({ length: count }, (_, index) => `A week in the Arctic ${index + 1}`),
  ].join("\n");

const titlesOf = (count: number) => batchFile("titles.csv", titles(count));

const lines = async (file: string) =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonObject);

const run = (file: string, out: string, ...flags: string[]) =>
  cli(["batch", file, "--out", out, ...flags]);

const runTitles = (file: string, out: string, ...flags: string[]) =>
  run(file, out, "--operation", "titles.fromText", ...flags);

describe("a batch", () => {
  test("does every row of a CSV file, and writes their results in file order", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(25);
    const { code, stdout } = await runTitles(file, out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^25 rows: 25 done$/m);
    expect(emulator.ledger.charges.length).toBe(25);
    const results = await lines(join(out, "results.ndjson"));
    expect(results.map(({ line }) => line)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 2),
    );
    for (const { state, answer } of results) {
      expect(state).toBe("done");
      expect(answer).toHaveProperty("outputs");
    }
  });

  test("does rows of several operations, named by method or operationId, and saves their pictures", async () => {
    const emulator = await emulate();
    const { file, out } = await batchFile(
      "jobs.ndjson",
      [
        { operation: "titles.fromText", prompt: "A week in the Arctic" },
        {
          operation: "post_v2_thumbnail_text",
          prompt: "A climber",
          model: "pkz_4_5",
          format: "16:9",
          row_id: "climber",
        },
        { operation: "thumbnails.score", image: join(process.cwd(), PHOTO) },
        { operation: "thumbnails.score", image_url: "https://example.com/a.png" },
      ]
        .map((row) => JSON.stringify(row))
        .join("\n"),
    );
    const { code } = await run(file, out);
    expect(code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(4);
    expect((await readdir(out)).sort()).toEqual([
      "climber.png",
      "journal.ndjson",
      "results.ndjson",
    ]);
    expect((await readFile(join(out, "climber.png"))).subarray(1, 4).toString()).toBe("PNG");
  });

  test("reads images relative to the batch file, and lists from repeated columns", async () => {
    const emulator = await emulate();
    const { file, out } = await batchFile(
      "styles.csv",
      "name,image,image,image\nLook,a.png,a.png,a.png\n",
    );
    await writeFile(join(file, "../a.png"), await readFile(PHOTO));
    expect((await run(file, out, "--operation", "styles.create")).code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(1);
  });

  test("reads quotes, line breaks in cells and a byte order mark, and keeps track of line numbers", async () => {
    const content =
      '\ufeffprompt,note\r\n"He said ""no"",\nand left",\r\n\r\nSecond,"a\n\nb"\r\nThird,x\r\n';
    const { file } = await batchFile("a.csv", content);
    const records: FileRecord[] = [];
    for await (const record of readRecords(file)) records.push(record);
    expect(records).toEqual([
      { line: 2, values: { prompt: 'He said "no",\nand left' } },
      { line: 5, values: { prompt: "Second", note: "a\n\nb" } },
      { line: 8, values: { prompt: "Third", note: "x" } },
    ]);
  });

  test("names each picture differently after a pattern", async () => {
    await emulate();
    const row = "A climber: summit / dawn,pkz_4_5,16:9";
    const { file, out } = await batchFile("a.csv", ["prompt,model,format", row, row].join("\n"));
    await run(file, out, "--operation", "thumbnails.fromText", "--name", "{operation}-{prompt}");
    const pictures = (await readdir(out)).filter((name) => name.endsWith(".png")).sort();
    expect(pictures).toHaveLength(2);
    for (const name of pictures)
      expect(name).toMatch(/^thumbnails-from-text-A-climber-summit-dawn/);
  });
});

test("removes from a prompt what the API refuses, and names the row", async () => {
  const emulator = await emulate();
  const { file, out } = await batchFile(
    "a.csv",
    'prompt,model,format\n"A climber\non a summit, see https://a.b",pkz_4,16:9\n',
  );
  const { code, stderr } = await run(file, out, "--operation", "thumbnails.fromText");
  expect(code).toBe(0);
  expect(stderr).toMatch(/^line 2: Taken out of prompt, .*: a line break, "https:\/\/a\.b"\.$/m);
  expect(emulator.ledger.charges.length).toBe(1);
});

describe("a second run", () => {
  test("sends nothing that is done, whatever the order of the rows", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(10);
    await runTitles(file, out);
    const [header = "", ...rows] = titles(10).split("\n");
    await writeFile(file, [header, ...rows.reverse(), "A new one"].join("\n"));
    const { code } = await runTitles(file, out);
    expect(code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(11);
  });

  test("counts equal rows, and sends only the additional ones", async () => {
    const emulator = await emulate();
    const { file, out } = await batchFile("a.csv", "prompt\nSame\nSame\n");
    await runTitles(file, out);
    expect(emulator.ledger.charges.length).toBe(2);
    await writeFile(file, "prompt\nSame\nSame\nSame\n");
    await runTitles(file, out);
    expect(emulator.ledger.charges.length).toBe(3);
  });

  test("refuses a row that changed under the row_id of one that was paid for, and names it", async () => {
    const emulator = await emulate();
    const { file, out } = await batchFile("a.csv", "row_id,prompt\narctic,A week\ntea,A tea\n");
    await runTitles(file, out);
    await writeFile(file, "row_id,prompt\narctic,A month\ntea,A tea\nice,An iceberg\n");
    const { code, stderr } = await runTitles(file, out);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:2: the row arctic was sent with other content`);
    expect(emulator.ledger.charges.length).toBe(2);
  });

  test("sends the new content of a row that was refused", async () => {
    const emulator = await emulate();
    emulator.provoke({ code: "CONTENT_POLICY" });
    const { file, out } = await batchFile("a.csv", "row_id,prompt\narctic,A week\n");
    await runTitles(file, out);
    await writeFile(file, "row_id,prompt\narctic,A month\n");
    expect((await runTitles(file, out)).code).toBe(0);
  });

  test("retries what was refused, because that costs nothing", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(3);
    emulator.provoke({ code: "CONTENT_POLICY" });
    const first = await runTitles(file, out);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/^line \d+ \(\w+\): failed: .*CONTENT_POLICY/m);
    expect((await runTitles(file, out)).code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(3);
  });

  test("never resends what may have been billed, unless told to", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(3);
    emulator.provoke({ fault: "cut-body" });
    const first = await runTitles(file, out);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(/^1 row may have been billed\. .*--resend-unknown\.$/m);
    expect((await runTitles(file, out)).code).toBe(3);
    expect(emulator.ledger.charges.length).toBe(3);
    expect((await runTitles(file, out, "--resend-unknown")).code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(4);
  });

  test("treats a row whose request was under way when the process died as possibly billed", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(1);
    await runTitles(file, out);
    const journal = join(out, "journal.ndjson");
    const entries = (await readFile(journal, "utf8")).split("\n");
    const sending = entries.findIndex((line) => line.includes('"sending"'));
    // As a crash leaves it: the last entry is cut off in the middle.
    await writeFile(journal, [...entries.slice(0, sending + 1), '{"row":"'].join("\n"));
    const { code, stderr } = await runTitles(file, out);
    expect(code).toBe(3);
    expect(stderr).toMatch(/may have been billed/);
    expect(emulator.ledger.charges.length).toBe(1);
  });

  test("saves pictures that were paid for but not saved, and pays for none again", async () => {
    const emulator = await emulate();
    const { file, out } = await batchFile("a.csv", "prompt,model,format\nA climber,pkz_4_5,16:9\n");
    const argv = ["--operation", "thumbnails.fromText", "--name", "climber"];
    await run(file, out, ...argv);
    const picture = await readFile(join(out, "climber.png"));
    const journal = join(out, "journal.ndjson");
    const entries = (await readFile(journal, "utf8")).split("\n");
    await writeFile(journal, entries.filter((line) => !line.includes('"done"')).join("\n"));
    await writeFile(join(out, "climber.png"), "half");
    expect((await run(file, out, ...argv)).code).toBe(0);
    expect(await readFile(join(out, "climber.png"))).toEqual(picture);
    expect(emulator.ledger.charges.length).toBe(1);

    // And once a day has passed, it says so.
    await writeFile(journal, entries.filter((line) => !line.includes('"done"')).join("\n"));
    emulator.advance(25 * 3_600_000);
    const late = await run(file, out, ...argv);
    expect(late.code).toBe(1);
    expect(late.stderr).toMatch(/lost/);
    expect(emulator.ledger.charges.length).toBe(1);
  });
});

describe("a batch stops", () => {
  test("before it exceeds --max-usd, counting what earlier runs have spent", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(10);
    const { code, stderr } = await runTitles(file, out, "--max-usd", "0.30");
    expect(code).toBe(1);
    expect(stderr).toMatch(/--max-usd is reached/);
    const spent = emulator.ledger.charges.length;
    expect(spent).toBe(3);
    await runTitles(file, out, "--max-usd", "0.30");
    expect(emulator.ledger.charges.length).toBe(3);
  });

  test("if the balance is used up, instead of asking for every row", async () => {
    const emulator = await emulate({ credits: 0 });
    const { file, out } = await titlesOf(50);
    const { code, stderr } = await runTitles(file, out, "--concurrency", "2");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Stopped: .*INSUFFICIENT_CREDITS/m);
    expect(emulator.stats.requests).toBeLessThan(6);
  });

  test("when interrupted, after finishing what is under way", async () => {
    const emulator = await emulate({ processingMs: 200 });
    const { file, out } = await titlesOf(30);
    const { code, stderr } = await cli(
      ["batch", file, "--out", out, "--operation", "titles.fromText", "--concurrency", "3"],
      {
        started: async (interrupt) => {
          await vi.waitFor(() => {
            expect(emulator.stats.inFlight).toBe(3);
          });
          interrupt();
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/waiting for 3 requests/);
    const results = await lines(join(out, "results.ndjson"));
    expect(results.map(({ state }) => state)).toEqual(Array(results.length).fill("done"));
    expect(emulator.ledger.charges.length).toBe(results.length);
  });

  test("at once when interrupted twice, and remembers what was under way", async () => {
    const emulator = await emulate({ processingMs: 60_000 });
    const { file, out } = await titlesOf(5);
    const { code } = await cli(["batch", file, "--out", out, "--operation", "titles.fromText"], {
      started: async (interrupt) => {
        await vi.waitFor(() => {
          expect(emulator.stats.inFlight).toBe(5);
        });
        interrupt();
        interrupt();
      },
    });
    expect(code).toBe(130);
    const results = await lines(join(out, "results.ndjson"));
    expect(results.map(({ state }) => state)).toEqual(Array(5).fill("unknown"));
  });
});

describe("a wrong batch file or option is reported by line, and nothing is sent", () => {
  test.for([
    [
      "an unknown column",
      "prompt,colour\nx,red\n",
      /a\.csv:2: colour is no field of titles\.fromText/,
    ],
    ["a missing value", "prompt\n\n,\n", /a\.csv:/],
    [
      "a row with a different number of cells",
      "prompt,support_image\nx\n",
      /a\.csv:2: has more or fewer cells than the header/,
    ],
    ["an open quote", 'prompt\n"x\n', /a\.csv:\d+: /],
    ["no rows", "prompt\n", /has no rows/],
    ["a repeated id", "row_id,prompt\n1,x\n1,y\n", /a\.csv:3: the row_id 1 has come before/],
    [
      "an unknown operation",
      "operation,prompt\ntitles.form,x\n",
      /a\.csv:2: There is no operation titles\.form/,
    ],
    [
      "a wrong choice",
      "operation,prompt,model,format\nthumbnails.fromText,x,pkz_9,16:9\n",
      /a\.csv:2: model must be/,
    ],
  ] as const)("%s", async ([, content, message]) => {
    const emulator = await emulate();
    const { file, out } = await batchFile("a.csv", content);
    const { code, stderr } = await runTitles(file, out);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(emulator.stats.requests).toBe(0);
  });

  test.for([
    ["a line that is not JSON", '{"prompt":"x"}\n{', /a\.ndjson:2: no JSON/],
    ["a line that is not an object", "[]", /a\.ndjson:1: each line must be a JSON object/],
    ["a value of the wrong type", '{"prompt":7}', /a\.ndjson:1: prompt must be a text, not 7/],
  ] as const)("%s", async ([, content, message]) => {
    await emulate();
    const { file, out } = await batchFile("a.ndjson", content);
    expect((await runTitles(file, out)).stderr).toMatch(message);
  });

  test("a file that does not exist, and a folder that cannot be created", async () => {
    await emulate();
    const { file, out } = await titlesOf(1);
    expect((await runTitles("missing.csv", out)).stderr).toMatch(
      /missing\.csv cannot be read \(ENOENT\)/,
    );
    const { code, stderr } = await runTitles(file, join(file, "out"));
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written \(E\w+\)/);
  });

  test("a pattern with an unknown name", async () => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(1);
    expect((await runTitles(file, out, "--name", "{colour}")).stderr).toMatch(/has no colour/);
    expect(emulator.stats.requests).toBe(0);
  });
});

test("a batch whose results cannot be written says so, and what is paid for stays in the journal", async () => {
  const emulator = await emulate();
  const { file, out } = await titlesOf(2);
  const results = join(out, "results.ndjson");
  await mkdir(results, { recursive: true });
  const { code, stderr } = await runTitles(file, out);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /results\.ndjson cannot be written \(EISDIR\)\. What was paid for is in .*journal\.ndjson: run the batch again/,
  );
  await rmdir(results);
  expect((await runTitles(file, out)).code).toBe(0);
  expect(await lines(results)).toHaveLength(2);
  expect(emulator.ledger.charges).toHaveLength(2);
});

describe("two runs at once", () => {
  const start = (change: object) => ({
    run: "other",
    event: "start",
    at: new Date().toISOString(),
    pid: process.ppid,
    host: hostname(),
    bootedAt: Math.round(Date.now() / 1000 - uptime()),
    ...change,
  });

  const withEarlierRun = async (change: object, ...flags: string[]) => {
    const emulator = await emulate();
    const { file, out } = await titlesOf(1);
    await runTitles(file, out);
    await writeFile(
      join(out, "journal.ndjson"),
      `${JSON.stringify(start({ api: emulator.url, ...change }))}\n`,
    );
    return runTitles(file, out, ...flags);
  };

  test("refuse the later one while the earlier one is running", async () => {
    const { code, stderr } = await withEarlierRun({});
    expect(code).toBe(2);
    expect(stderr).toMatch(`Process ${process.ppid} works on this batch`);
    expect((await withEarlierRun({}, "--take-over")).code).toBe(0);
  });

  test.for([
    ["that died without cleaning up", { pid: 2 ** 22 + 1 }],
    ["before the machine was started again", { bootedAt: 1 }],
    ["that had the process id of this process", { pid: process.pid }],
  ] as const)("ignore an earlier run %s", async ([, change]) => {
    expect((await withEarlierRun(change)).code).toBe(0);
  });

  test("treat a run on another machine as running until a person says that it is over", async () => {
    expect((await withEarlierRun({ host: "elsewhere" })).stderr).toMatch(
      /on elsewhere .*--take-over/,
    );
    expect((await withEarlierRun({ host: "elsewhere" }, "--take-over")).code).toBe(0);
  });

  test("refuse the folder of a batch for another API", async () => {
    const { code, stderr } = await withEarlierRun({ api: "https://api.example.com" });
    expect(code).toBe(2);
    expect(stderr).toMatch(/choose another --out/);
  });
});

describe("estimate", () => {
  test("prints rows and cost by operation, and sends nothing", async () => {
    const emulator = await emulate();
    const { file } = await batchFile(
      "jobs.csv",
      "operation,prompt,image,face_image,format\ntitles.fromText,x,,,\ntitles.fromText,y,,,\nthumbnails.faceSwap,,https://example.com/a.png,https://example.com/b.png,16:9\n",
    );
    const { code, stdout } = await cli(["estimate", file, "--json"]);
    expect(code).toBe(0);
    const { rows, low, high, operations } = JSON.parse(stdout) as {
      rows: number;
      low: number;
      high: number;
      operations: Record<string, { rows: number; low: number; high: number }>;
    };
    expect(rows).toBe(3);
    expect(operations["titles.fromText"]?.rows).toBe(2);
    const sums = Object.values(operations);
    expect(low).toBeCloseTo(sums.reduce((sum, each) => sum + each.low, 0));
    expect(high).toBeGreaterThan(low);
    expect(emulator.stats.requests).toBe(0);
    expect((await cli(["estimate", file])).stdout).toMatch(
      /^total +3 rows +\$\d+\.\d\d to \$\d+\.\d\d$/m,
    );
  });
});

describe("check-key", () => {
  test("says that a key works, and costs nothing", async () => {
    const emulator = await emulate();
    expect(await cli(["check-key"])).toMatchObject({
      code: 0,
      stdout: "The service takes the key.\n",
    });
    expect(emulator.ledger.charges.length).toBe(0);
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("says why a key does not work", async () => {
    await emulate({ acceptUnknownKeys: false });
    const { code, stdout, stderr } = await cli(["check-key"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/INVALID_API_KEY/);
  });
});
