// `postOnce` for runtimes that have standard output and arguments.
import { postOnce } from "./post-once.mjs";

const args = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(JSON.stringify(await postOnce(JSON.parse(args[0]))));
