import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { Problem } from "../lib/problem.js";
import type { FragmentOperation } from "./fragment.js";

/** The parts of a fragment that lack the shape that merging relies on. A linter checks far more. */
export function shapeProblems({ info, paths, webhooks, components, ...root }: JsonObject) {
  const hasWebhooks = webhooks !== undefined && paths === undefined;
  return [
    ...infoProblems(info),
    ...["servers", "security", "tags"].flatMap((field) => listProblems(field, root[field])),
    ...tagProblems(root["tags"]),
    ...(hasWebhooks ? [] : pathItemProblems("paths", paths)),
    ...pathItemProblems("webhooks", webhooks ?? {}),
    ...componentProblems(components),
  ];
}

function infoProblems(info: unknown): Problem[] {
  if (!isObject(info)) return [notA("object", ["info"])];
  return ["title", "version"]
    .filter((field) => typeof info[field] !== "string")
    .map((field) => notA("string", ["info", field]));
}

function listProblems(field: string, list: unknown = []): Problem[] {
  if (!Array.isArray(list)) return [notA("list", [field])];
  return [...list.entries()]
    .filter(([, item]) => !isObject(item))
    .map(([index]) => notA("object", [field, String(index)]));
}

function tagProblems(tags: unknown): Problem[] {
  return (Array.isArray(tags) ? [...tags.entries()] : [])
    .filter(([, tag]) => isObject(tag) && typeof tag["name"] !== "string")
    .map(([index]) => notA("string", ["tags", String(index), "name"]));
}

function pathItemProblems(section: "paths" | "webhooks", items: unknown): Problem[] {
  if (!isObject(items)) return [notA("object", [section])];
  return Object.entries(items).flatMap(([name, item]) => {
    if (name.startsWith("x-")) return [];
    const message = `the path ${name} does not begin with "/"`;
    if (section === "paths" && !name.startsWith("/")) return [{ path: [section, name], message }];
    return isObject(item) ? [] : [notA("object", [section, name])];
  });
}

function componentProblems(components: unknown = {}): Problem[] {
  if (!isObject(components)) return [notA("object", ["components"])];
  return Object.entries(components)
    .filter(([section, named]) => !section.startsWith("x-") && !isObject(named))
    .map(([section]) => notA("object", ["components", section]));
}

function notA(shape: "object" | "list" | "string", path: string[]): Problem {
  return { path, message: `${path.join(".")} is not ${shape === "object" ? "an" : "a"} ${shape}` };
}

/** A fragment holds exactly one operation. */
export function operationProblems(operations: readonly FragmentOperation[]): Problem[] {
  const [first, second] = operations;
  if (!first) return [{ path: ["paths"], message: "has no operation; a fragment holds one" }];
  if (!second) {
    const { pathItem, pathItemKeys, method } = first;
    return isObject(pathItem[method]) ? [] : [notA("object", [...pathItemKeys, method])];
  }
  const names = operations.map((one) => operationTitle(one).replace(/^operation /, ""));
  const listed = names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
  const message = `has ${names.length} operations (${listed}); a fragment holds one`;
  return [{ path: [...second.pathItemKeys, second.method], message }];
}

/** `operation GET /a`, or `webhook order.created`. */
export function operationTitle({ section, name, method }: FragmentOperation): string {
  return section === "paths" ? `operation ${method.toUpperCase()} ${name}` : `webhook ${name}`;
}
