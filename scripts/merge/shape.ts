import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { Problem } from "../lib/problem.js";

/** Where a fragment has not the shape that merging relies on; a linter checks far more. */
export function shapeProblems({ info, paths, components, ...root }: JsonObject): Problem[] {
  return [
    ...infoProblems(info),
    ...["servers", "security", "tags"].flatMap((field) => listProblems(field, root[field])),
    ...tagProblems(root["tags"]),
    ...pathProblems(paths),
    ...componentProblems(components),
  ];
}

function infoProblems(info: unknown): Problem[] {
  if (!isObject(info)) return [notAn("object", ["info"])];
  return ["title", "version"]
    .filter((field) => typeof info[field] !== "string")
    .map((field) => notAn("string", ["info", field]));
}

function listProblems(field: string, list: unknown = []): Problem[] {
  if (!Array.isArray(list)) return [notAn("list", [field])];
  return [...list.entries()]
    .filter(([, item]) => !isObject(item))
    .map(([index]) => notAn("object", [field, String(index)]));
}

function tagProblems(tags: unknown): Problem[] {
  return (Array.isArray(tags) ? [...tags.entries()] : [])
    .filter(([, tag]) => isObject(tag) && typeof tag["name"] !== "string")
    .map(([index]) => notAn("string", ["tags", String(index), "name"]));
}

function pathProblems(paths: unknown): Problem[] {
  if (!isObject(paths)) return [notAn("object", ["paths"])];
  return Object.entries(paths).flatMap(([path, item]) => {
    if (path.startsWith("x-")) return [];
    const message = `the path ${path} does not begin with "/"`;
    if (!path.startsWith("/")) return [{ path: ["paths", path], message }];
    return isObject(item) ? [] : [notAn("object", ["paths", path])];
  });
}

function componentProblems(components: unknown = {}): Problem[] {
  if (!isObject(components)) return [notAn("object", ["components"])];
  return Object.entries(components)
    .filter(([section, named]) => !section.startsWith("x-") && !isObject(named))
    .map(([section]) => notAn("object", ["components", section]));
}

function notAn(shape: "object" | "list" | "string", path: string[]): Problem {
  return { path, message: `${path.join(".")} is not ${shape === "object" ? "an" : "a"} ${shape}` };
}

/** A fragment holds one operation: fewer or more is reported here. */
export function operationProblems(paths: unknown): Problem[] {
  if (!isObject(paths)) return [];
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    HTTP_METHODS.filter((method) => isObject(item) && Object.hasOwn(item, method)).map(
      (method) => ({
        name: `${method.toUpperCase()} ${path}`,
        path: ["paths", path, method],
        isFine: isObject(item) && isObject(item[method]),
      }),
    ),
  );
  const [first, second] = operations;
  if (!first) return [{ path: ["paths"], message: "has no operation; a fragment holds one" }];
  if (!second) return first.isFine ? [] : [notAn("object", first.path)];
  const names = operations.map(({ name }) => name);
  const listed = names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
  const message = `has ${names.length} operations (${listed}); a fragment holds one`;
  return [{ path: second.path, message }];
}
