import { runGenerate } from "./generate/run-generate.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm run generate --",
  summary: "Generates the types, and the facts that the client needs, from an OpenAPI document.",
  options: {
    spec: {
      type: "string",
      value: "FILE",
      default: "spec/openapi.yaml",
      help: "OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON",
    },
    out: {
      type: "string",
      value: "DIR",
      default: "src/generated",
      help: "folder of the generated files, which holds nothing else",
    },
    errors: {
      type: "string",
      value: "FILE",
      help: "error catalogue (default: errors.yaml beside the document, else the project's own)",
    },
    check: { type: "boolean", help: "writes nothing; says which files are not up to date" },
  },
  exitCodes: {
    0: "generated, or up to date",
    1: "a file is stale, missing, or none of these (--check)",
    2: "bad input; nothing is written",
  },
  run: runGenerate,
});
