import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { openJournal } from "../../examples/graceful-stop/journal.js";
import { root } from "../docs/snippets.js";
import { run, setStage } from "./support.js";

test("graceful-stop finishes and records what is in flight, and resumes later without paying twice", async () => {
  const { emulator, folder, environment } = await setStage({ processingMs: 1500 });
  const journal = join(folder, "journal.ndjson");
  const prompts = Array.from({ length: 8 }, (_, index) => `A summit, take ${index + 1}`);
  const main = join(root, "examples/graceful-stop/main.ts");
  const program = spawn(process.execPath, ["--import", "tsx", main, journal, ...prompts], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const output = text(program.stdout);
  await vi.waitFor(
    () => {
      expect(emulator.stats.inFlight).toBe(4);
    },
    { timeout: 30_000, interval: 5 },
  );
  program.kill("SIGTERM");
  expect(await once(program, "exit")).toEqual([0, null]);
  expect(await output).toBe("4 of 8 are done.\n");
  expect(emulator.ledger.charges).toHaveLength(4);

  const { stdout } = await run("graceful-stop/main.ts", [journal, ...prompts], environment);
  expect(stdout).toBe("8 of 8 are done.\n");
  expect(emulator.ledger.charges).toHaveLength(8);
  expect((await readFile(journal, "utf8")).trim().split("\n")).toHaveLength(16);
}, 60_000);

test("the journal of graceful-stop survives the half line that a killed program leaves", async () => {
  const { folder } = await setStage();
  const file = join(folder, "journal.ndjson");
  openJournal(file).write({ id: "é", state: "sent" });
  await appendFile(file, '{"id":"b","sta');
  openJournal(file).write({ id: "c", state: "sent" });
  expect([...openJournal(file).entries.keys()]).toEqual(["é", "c"]);
});
