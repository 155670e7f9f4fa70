// Runs the tour in another realm, as Jest does with tests: with its own Object, Error and Promise,
// but the fetch, responses and signals of the outer realm.
import { readFile } from "node:fs/promises";
import { createContext, runInContext } from "node:vm";

const outside = [
  "AbortController",
  "AbortSignal",
  "Blob",
  "Buffer",
  "DOMException",
  "FormData",
  "Headers",
  "Request",
  "Response",
  "ReadableStream",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "URLSearchParams",
  "atob",
  "btoa",
  "clearTimeout",
  "console",
  "crypto",
  "fetch",
  "performance",
  "process",
  "setTimeout",
  "structuredClone",
];
const context = createContext(Object.fromEntries(outside.map((name) => [name, globalThis[name]])));
context.globalThis = context;
const [file] = process.argv.slice(2);
runInContext(await readFile(file, "utf8"), context);
console.log(JSON.stringify(await context.consumer.tour({ baseUrl: process.env.PIKZELS_BASE_URL })));
