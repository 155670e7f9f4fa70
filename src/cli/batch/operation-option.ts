import { Option } from "commander";
import { suggestValues } from "../completion/suggested-values.js";

/** `--operation` of the commands that read a batch file. */
export function operationOption(): Option {
  const option = new Option(
    "--operation <name>",
    "operation of rows that name none, by its method or its operationId",
  );
  return suggestValues(option, async () => {
    const { loadOperations } = await import("../operations/operations.js");
    return loadOperations().map(({ name }) => name);
  });
}
