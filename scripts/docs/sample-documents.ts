/** The Info Object of every sample. */
export const INFO = `info: { title: Sample, version: "1" }\n`;

/** An operation as 3.0 writes it: a rule, a recursive response, bounds. */
export const IN_3_0 = `openapi: 3.0.3
${INFO}servers: [{ url: https://api.example.com/v1 }]
paths:
  /v1/pictures:
    post:
      operationId: create_picture
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                image_url: { type: string, format: uri, nullable: true }
                image_base64: { type: string }
                strength: { type: number, minimum: 0, exclusiveMinimum: true }
              oneOf: [{ required: [image_url] }, { required: [image_base64] }]
      responses:
        "200":
          description: Done
          content: { application/json: { schema: { $ref: "#/components/schemas/Picture" } } }
components:
  schemas:
    Named: { type: object, required: [name], properties: { name: { type: string } } }
    Picture:
      allOf:
        - $ref: "#/components/schemas/Named"
        - type: object
          properties:
            kind: { type: string, enum: [photo, drawing] }
            parts: { type: array, items: { $ref: "#/components/schemas/Picture" } }
            metadata: { type: object }
`;

/** An operation as 3.1 writes it, with features that JSON Schema 2020-12 added. */
export const IN_3_1 = `openapi: 3.1.0
${INFO}servers: [{ url: https://api.example.com/v1 }]
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
paths:
  /v1/drawings: { $ref: "#/components/pathItems/Drawings" }
components:
  pathItems:
    Drawings:
      post:
        operationId: create_drawing
        requestBody:
          required: true
          content:
            application/json:
              schema:
                type: object
                properties:
                  title: { type: [string, "null"], examples: [A week alone] }
                  size: { type: array, prefixItems: [{ type: integer }, { type: integer }], minItems: 2, maxItems: 2 }
                  strength: { type: number, exclusiveMinimum: 0 }
                  card: { type: string }
                  code: { type: string }
                  tags: { type: array, contains: { const: first }, minContains: 1, maxContains: 2 }
                  labels: { type: object, patternProperties: { "^x-": { type: string } }, propertyNames: { maxLength: 9 } }
                dependentRequired: { card: [code], code: [card] }
                unevaluatedProperties: false
        responses:
          "200":
            description: Done
            content:
              application/json:
                schema: { $ref: "#/components/schemas/Drawing", description: What was drawn. }
  schemas:
    Drawing:
      $id: https://api.example.com/drawing
      type: object
      required: [kind]
      properties:
        kind: { const: drawing }
        strokes: { type: array, items: { $ref: "#/$defs/stroke" } }
        preview: { type: string, contentMediaType: application/octet-stream }
        next: { $ref: "#node" }
      if: { properties: { kind: { const: sketch } } }
      then: { maxProperties: 3 }
      $defs:
        stroke: { type: object, properties: { width: { type: integer } } }
        node: { $anchor: node, type: [object, "null"], properties: { after: { $ref: "#node" } } }
`;
