import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "../docs/snippets.js";

test("every example compiles, with its tests", () => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "test/examples/tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {});
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    return `${file?.fileName.slice(root.length) ?? ""}:${line + 1}: ${text}`;
  });
  expect(errors).toEqual([]);
});
