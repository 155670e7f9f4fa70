import { typeCheck } from "../lib/type-check.js";
import type { ExampleCall } from "./example-calls.js";
import { narrator } from "./narrator.js";
import { bothImages } from "./wrong-body.js";

/** Shows what the real compiler says about a program that sets two mutually exclusive fields. */
export function showCompilerRefusal(calls: readonly ExampleCall[]): void {
  const wrong = bothImages(calls);
  if (!wrong) return;
  const { facts, body, fields } = wrong;
  const program = `
import { createPikzels } from "pikzels-client";
await createPikzels().${facts.name}(${JSON.stringify(body)});
`;
  const [error] = typeCheck(new Map([["both.ts", program]])).get("both.ts") ?? [];
  if (error === undefined) throw new Error(`the compiler accepted ${fields.join(" beside ")}`);
  const [reason = ""] = error.split("\n");
  narrator.refused(`by the compiler, ${fields.join(" beside ")}: ${reason}`);
}
