/** What the other tools use of generate. */
export { updateNames } from "./client/update-names.js";
export { exampleExpression, exampleOf, exampleValues } from "./client/example-call.js";
export { limitsOf, propertiesOf } from "./client/field-limits.js";
export { updateErrorCatalog } from "./errors/update-catalog.js";
export { generatedFiles, type Generated } from "./generated-files.js";
export { loadSpec } from "../lib/load-spec.js";
export { listOperations } from "./operation-list.js";
export { runGenerate } from "./run-generate.js";
