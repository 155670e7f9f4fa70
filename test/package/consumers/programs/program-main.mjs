// Runs one of the programs where there are arguments and standard output.
import { programs } from "./programs.mjs";

const [program, options] = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(JSON.stringify(await programs[program](JSON.parse(options))));
// Node 22 and 24 go on connecting to a proxy that breaks off, after the call has been aborted.
process.exit();
