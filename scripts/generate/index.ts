/** What the other tools use from generate. */
export { exampleExpression, exampleOf, exampleValues } from "./client/example-call.js";
export { limitsOf, propertiesOf, requiredOf } from "./client/field-limits.js";
export { bodyContent } from "./client/media-types.js";
export { typePrefix } from "./client/operation-names.js";
export { isWaiting } from "./client/method-names.js";
export { waitingMethods } from "./client/readiness.js";
export { generatedFiles, type Generated } from "./generated-files.js";
export { loadSpec } from "../lib/load-spec.js";
export { errorCodesOf } from "./errors/published-codes.js";
export { listOperations, type Operation } from "./operation-list.js";
export { runGenerate } from "./run-generate.js";
export { methodsOf, updateKnowledge } from "./update-knowledge.js";
