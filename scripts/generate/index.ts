/** What the other tools use of generate. */
export { updateNames } from "./client/update-names.js";
export { updateErrorCatalog, type PublishedError } from "./errors/update-catalog.js";
export { generatedFiles, type Generated } from "./generated-files.js";
export { runGenerate } from "./run-generate.js";
