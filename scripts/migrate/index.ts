/** What `drift --update` uses to migrate handwritten code and text about the client. */
export { clientChanges, type ClientChanges, type ClientVersion } from "./client-changes.js";
export { migrateProject } from "./migrate-project.js";
export { compileErrors, snippetErrors } from "./compile-project.js";
export { runNode } from "./run-node.js";
