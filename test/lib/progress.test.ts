import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { startProgress } from "../../scripts/lib/progress.js";

function screen(isTTY: boolean) {
  const shown = { text: "" };
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      shown.text += String(chunk);
      done();
    },
  });
  const terminal = { isTTY, columns: 80, cursorTo: (): boolean => true, clearLine: () => true };
  return { shown, stream: Object.assign(stream, terminal) as unknown as NodeJS.WriteStream };
}

test("progress is one plain line per step if the stream is not a terminal", () => {
  const { shown, stream } = screen(false);
  const progress = startProgress("Reading", 2, stream);
  progress.step("a");
  progress.step("b");
  progress.stop();
  expect(shown.text).toBe("[1/2] a\n[2/2] b\n");
});

test("progress is a bar on a terminal", () => {
  const { shown, stream } = screen(true);
  const progress = startProgress("Reading", 2, stream);
  progress.step("a");
  progress.step("b");
  progress.stop();
  expect(shown.text).toContain("Reading");
  expect(shown.text).toContain("0/2");
  expect(shown.text).not.toContain("[1/2] a\n");
});
