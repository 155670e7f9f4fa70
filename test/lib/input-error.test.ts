import { expect, test } from "vitest";
import { InputError } from "../../scripts/lib/input-error.js";

test("an InputError names the position in the form that editors make clickable", () => {
  const position = { line: 3, column: 5 };
  expect(InputError.at("a.yaml", position, "is odd").message).toBe("a.yaml:3:5: is odd");
  expect(InputError.at("a.yaml", undefined, "is odd").message).toBe("a.yaml: is odd");
});

test("an InputError stays one line that cannot control a terminal, whatever it quotes", () => {
  const { message } = InputError.at("a\n.yaml", undefined, "é \r\n\u001b[2J\u009b");
  expect(message).toBe("a\\u000a.yaml: é \\u000d\\u000a\\u001b[2J\\u009b");
});
