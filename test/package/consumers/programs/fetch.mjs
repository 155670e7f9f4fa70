// Runs the tour against an external emulator, for runtimes that have standard output.
import { tour } from "./tour.mjs";

console.log(JSON.stringify(await tour({})));
