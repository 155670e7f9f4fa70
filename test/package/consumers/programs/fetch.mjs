// The tour against an emulator that runs elsewhere, for runtimes that have standard output.
import { tour } from "./tour.mjs";

console.log(JSON.stringify(await tour({})));
