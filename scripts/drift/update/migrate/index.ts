/** What `drift --update` uses to migrate what people wrote about the client. */
export { clientChanges, type ClientChanges, type ClientVersion } from "./client-changes.js";
export { migrateProject } from "./migrate-project.js";
