// Runs one of the programs on runtimes with arguments and standard output.
import { programs } from "./programs.mjs";

const [program, options] = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(JSON.stringify(await programs[program](JSON.parse(options))));
// Node 22 and 24 keep connecting to a proxy that breaks the connection, even after the call has been aborted.
process.exit();
