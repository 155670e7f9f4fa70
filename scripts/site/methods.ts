import {
  type Application,
  CommentTag,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
  ReflectionType,
  Renderer,
} from "typedoc";

const CLIENT = "Pikzels";

/**
 * Shows `thumbnails.fromText` and so on as members of `Pikzels`, in groups. TypeDoc would show each
 * group as one property, and its methods in neither the search nor the page's outline.
 */
export function showMethodsOfGroups({ converter, renderer }: Application): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const one of project.getReflectionsByKind(ReflectionKind.Interface)) {
      if (one.name === CLIENT && one.isDeclaration()) liftGroups(project, one);
    }
  });
  renderer.on(Renderer.EVENT_END_PAGE, (page) => {
    // TypeDoc quotes a name with a dot, because one property cannot have such a name unquoted.
    if (page.model.name === CLIENT && page.contents !== undefined)
      page.contents = page.contents.replaceAll(/&quot;(\w+\.\w+)&quot;/g, "$1");
  });
}

function liftGroups(project: ProjectReflection, client: DeclarationReflection): void {
  for (const group of [...(client.children ?? [])]) {
    if (!(group.type instanceof ReflectionType) || !group.type.declaration.children) continue;
    const methods = group.type.declaration.children;
    group.type.declaration.children = [];
    for (const method of methods) {
      method.name = `${group.name}.${method.name}`;
      method.parent = client;
      method.comment?.blockTags.push(tag("@group", group.name));
      client.addChild(method);
    }
    const description = (group.comment?.summary ?? []).map(({ text }) => text).join("");
    client.comment?.blockTags.push(tag("@groupDescription", `${group.name}\n${description}`));
    project.removeReflection(group);
  }
}

function tag(name: `@${string}`, text: string): CommentTag {
  return new CommentTag(name, [{ kind: "text", text }]);
}
