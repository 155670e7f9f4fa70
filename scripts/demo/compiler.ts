import { typeCheck } from "../lib/type-check.js";
import { narrator } from "./narrator.js";

const PROGRAM = `
import { createPikzels } from "pikzels-client";
const url = "https://cdn.pikzels.com/example.png";
const data = "data:image/png;base64,AAAA";
await createPikzels().styles.create({
  name: "Both sides",
  image_urls: [url, url, url],
  image_base64s: [data, data, data],
});
`;

/** Has the real compiler look at a program that passes an image by URL and as base64. */
export function showCompilerRefusal(): void {
  const [error] = typeCheck(new Map([["both-sides.ts", PROGRAM]])).get("both-sides.ts") ?? [];
  if (error === undefined) throw new Error("the compiler accepted a body with both image fields");
  const [reason = ""] = error.split("\n");
  narrator.refused(`by the compiler, image_urls beside image_base64s: ${reason}`);
}
