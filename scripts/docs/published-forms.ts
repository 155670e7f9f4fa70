import { IN_3_0, IN_3_1, INFO } from "./sample-documents.js";

/** A form that docs pages, or the document in them, can have. */
export interface PublishedForm {
  /** The form in words, as Markdown. */
  says: string;
  /**
   * The text of each file of the docs site by its path; an `llms.txt` that links to all of them is
   * implied.
   */
  files: Readonly<Record<string, string>>;
  /** The file to pull, if it is not the `llms.txt`. */
  index?: string;
  /** The document to choose, if the pages belong to several. */
  document?: string;
}

/** A page with an OpenAPI document in a block with this info string. */
function page(info: string, document: string): string {
  return `# A page\n\n\`\`\`\`${info}\n${document}\`\`\`\`\n`;
}

/** A site of one page. */
function onePage(says: string, info: string, document: string): PublishedForm {
  return { says, files: { "a.md": page(info, document) } };
}

/** A document with `GET` of a path, and any other root fields. */
function get(path: string, { openapi = "3.0.3", more = "" } = {}): string {
  return `openapi: ${openapi}
${INFO}servers: [{ url: https://api.example.com }]
paths:
  ${path}:
    get:
      responses: { "200": { description: Done } }
${more}`;
}

/** A document whose schemas are these lines of YAML. */
function withSchemas(...lines: string[]): string {
  const schemas = lines.map((line) => `    ${line}\n`).join("");
  return get("/a", { more: `components:\n  schemas:\n${schemas}` });
}

const OLD_FORMAT = `paths:
  path: /a
  method: get
  response: { "200": { "application/json": { schemaArray: [] } } }
openapi: 3.0.3
`;

const WEBHOOK = `openapi: 3.1.0
${INFO}webhooks:
  order.created:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "200": { description: Taken } }
`;

const PARAMETER = (name: string) =>
  `      parameters: [{ name: ${name}, in: path, required: true, schema: { type: string } }]\n`;

/** One line of the guide for each. What the pipeline makes of it is found out by trying. */
export const publishedForms: readonly PublishedForm[] = [
  onePage("OpenAPI 3.0", "yaml /openapi.json POST /v1/pictures", IN_3_0),
  onePage("OpenAPI 3.1", "yaml /openapi.json POST /v1/drawings", IN_3_1),
  onePage("OpenAPI 3.2", "yaml GET /a", get("/a", { openapi: "3.2.0" })),
  onePage(
    "a word that is new in OpenAPI 3.2",
    "yaml GET /a",
    get("/a", { openapi: "3.2.0", more: "$self: https://api.example.com/openapi.yaml\n" }),
  ),
  onePage("another version", "yaml GET /a", get("/a", { openapi: "3.3.0" })),
  onePage("Swagger 2.0", "yaml GET /a", `swagger: "2.0"\n${INFO}paths: {}\n`),
  {
    says: "pages of OpenAPI 3.0 and of 3.1",
    files: {
      "a.md": page("yaml GET /a", get("/a")),
      "b.md": page("yaml GET /b", get("/b", { openapi: "3.1.0" })),
    },
  },

  onePage("` ```yaml /openapi.json GET /a `", "yaml /openapi.json GET /a", get("/a")),
  onePage("` ```yaml get /usage `", "yaml get /usage", get("/usage")),
  onePage("` ```yaml GET / `", "yaml GET /", get("/")),
  onePage(
    "` ```json openapi.json GET /a `",
    "json openapi.json GET /a",
    `{
  "openapi": "3.0.3",
  "info": { "title": "Sample", "version": "1" },
  "paths": { "/a": { "get": { "responses": { "200": { "description": "Done" } } } } }
}
`,
  ),
  onePage("` ```yaml webhook order.created `", "yaml webhook order.created", WEBHOOK),
  onePage("` ```yaml `, above an OpenAPI document", "yaml", get("/a")),
  onePage("` ```yaml GET /a `, above another operation", "yaml GET /a", get("/b")),
  onePage("`paths: { path: …, method: … }`", "yaml GET /a", OLD_FORMAT),
  { says: "a page that is cut off", files: { "a.md": `\`\`\`yaml GET /a\n${get("/a")}` } },
  {
    says: "pages of `/v1.json` and of `/v2.json`",
    files: {
      "a.md": page("yaml /v1.json GET /a", get("/a")),
      "b.md": page("yaml /v2.json GET /b", get("/b")),
    },
  },
  {
    says: "the same, with `--document /v2.json`",
    document: "/v2.json",
    files: {
      "a.md": page("yaml /v1.json GET /a", get("/a")),
      "b.md": page("yaml /v2.json GET /b", get("/b")),
    },
  },
  {
    says: "`llms-full.txt`, which holds the pages",
    index: "llms-full.txt",
    files: {
      "llms-full.txt": ["a", "b"]
        .map((name) => `# Page\nSource: https://docs.example.com/${name}\n\n`)
        .map(
          (head, index) =>
            head + page(`yaml GET /${"ab"[index] ?? ""}`, get(`/${"ab"[index] ?? ""}`)),
        )
        .join("\n"),
    },
  },
  {
    says: "two pages that say different things about one operation",
    files: {
      "a.md": page("yaml GET /a", get("/a")),
      "b.md": page("yaml GET /a", get("/a", { more: "tags: [{ name: other }]\n" })),
    },
  },
  {
    says: "two pages that say different things about one schema",
    files: {
      "a.md": page("yaml GET /a", withSchemas("Id: { type: string }")),
      "b.md": page("yaml GET /b", withSchemas("Id: { type: integer }").replace("/a:", "/b:")),
    },
  },
  {
    says: "`GET /a/{id}` and `DELETE /a/{slug}`",
    files: {
      "a.md": page("yaml GET /a/{id}", get("/a/{id}", { more: PARAMETER("id") })),
      "b.md": page(
        "yaml DELETE /a/{slug}",
        get("/a/{slug}", { more: PARAMETER("slug") }).replace("get:", "delete:"),
      ),
    },
  },

  onePage(
    "an integer over 2^53, every digit kept",
    "yaml GET /a",
    withSchemas("Id: { enum: [9007199254740993] }"),
  ),
  onePage("a number that JSON cannot hold", "yaml GET /a", withSchemas("Id: { maximum: .inf }")),
  onePage(
    "a key that is there twice",
    "yaml GET /a",
    withSchemas("Id: { type: string }", "Id: { type: string }"),
  ),
  onePage(
    "a YAML merge key",
    "yaml GET /a",
    withSchemas("Base: &base { type: object }", "Id: { <<: *base }"),
  ),
  onePage(
    "a `$ref` that leads nowhere",
    "yaml GET /a",
    withSchemas('Id: { $ref: "#/components/schemas/Gone" }'),
  ),
  onePage('`$ref: "#Pet"`', "yaml GET /a", withSchemas('Id: { $ref: "#Pet" }')),
  onePage(
    "a `$ref` to another file",
    "yaml GET /a",
    withSchemas('Id: { $ref: "other.yaml#/Name" }'),
  ),
  onePage(
    "a discriminator's mapping that leads nowhere",
    "yaml GET /a",
    withSchemas("Pet: { discriminator: { propertyName: kind, mapping: { cat: Cat } } }"),
  ),
  onePage(
    "a schema that is nothing but itself",
    "yaml GET /a",
    withSchemas('Id: { allOf: [{ $ref: "#/components/schemas/Id" }] }'),
  ),
];
