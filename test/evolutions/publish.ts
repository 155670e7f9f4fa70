import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { splitDocument } from "../../scripts/drift/update/split-document.js";
import { announcedTitle } from "../../scripts/lib/openapi-block.js";
import { toYamlText } from "../../scripts/lib/yaml-text.js";
import { fragmentName } from "../../scripts/pull/index.js";
import type { JsonObject } from "../../src/openapi/json.js";
import type { Evolution, Form } from "./evolution.js";

/** Publishes a document as the service would. Returns the value for `--published`. */
export async function publish(
  document: JsonObject,
  form: Form,
  folder: string,
  changePage: Evolution["changePage"] = (page) => page,
): Promise<string> {
  if (form === "openapi.json") {
    const file = join(folder, "openapi.json");
    await write(file, JSON.stringify(document, null, 2));
    return file;
  }
  const docs = join(folder, "docs");
  const links: string[] = [];
  for (const [index, fragment] of splitDocument(document).entries()) {
    const { announced, document: own } = fragment;
    const title = announcedTitle(announced);
    const name = fragmentName(announced).replace(/\.yaml$/, ".md");
    const page = `# ${title}\n\n## OpenAPI\n\n\`\`\`\`yaml /openapi.json ${title}\n${toYamlText(own)}\`\`\`\`\n`;
    await write(join(docs, name), changePage(page, index));
    links.push(`- [${title}](https://docs.pikzels.com/${name})`);
  }
  await write(join(docs, "llms.txt"), `# Docs\n\n${links.join("\n")}\n`);
  return docs;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
