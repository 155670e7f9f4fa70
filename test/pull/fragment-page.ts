/** A small OpenAPI fragment, of one operation unless `paths` says otherwise. */
export function fragment(method: string, path: string, changes: Record<string, unknown> = {}) {
  const operation = { responses: { 200: { description: "Success" } } };
  return {
    openapi: "3.0.3",
    info: { title: "Sample API", version: "1" },
    paths: { [path]: { [method.toLowerCase()]: operation } },
    ...changes,
  };
}

/** A docs page that announces an operation and has a document in its block. */
export function fragmentPage(
  method: string,
  path: string,
  document: unknown = fragment(method, path),
): string {
  const text = typeof document === "string" ? document : JSON.stringify(document, null, 2);
  return `# A page\n\n\`\`\`\`json /openapi.json ${method} ${path}\n${text}\n\`\`\`\`\n`;
}
