import { join } from "node:path";
import { buildPrograms } from "../support/build-programs.js";

/**
 * Bundles the command line into a folder laid out like the package.
 *
 * @param options.generated The files it is generated as, if it is not from the present document.
 * @param options.entry The program; without the commands of this repository that are shipped too, by default
 * @returns The program, to be run by Node.
 */
export async function buildCli(
  folder: string,
  {
    generated,
    entry = "test/cli/programs/cli.ts",
  }: { generated?: ReadonlyMap<string, string>; entry?: string } = {},
): Promise<string> {
  return join(await buildPrograms(folder, { main: entry }, { generated }), "main.mjs");
}
