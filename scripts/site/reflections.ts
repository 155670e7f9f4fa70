import ts from "typescript";
import { Converter, ReflectionKind, type ProjectReflection, type Reflection } from "typedoc";

/** Names each page after its front matter; TypeDoc would use the file name. */
export function nameByFrontMatter(converter: Converter): void {
  converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const { title } = page.frontmatter;
    if (typeof title === "string") page.name = title;
    delete page.frontmatter["title"];
  });
}

/** Moves these pages to after the reference, which TypeDoc would put last. */
export function listLast(converter: Converter, names: readonly string[]): void {
  converter.on(Converter.EVENT_END, ({ project }) => {
    const listed = project.childrenIncludingDocuments ?? [];
    const isLast = (one: Reflection) =>
      one.kindOf(ReflectionKind.Document) && names.includes(one.name);
    project.childrenIncludingDocuments = [
      ...listed.filter((one) => !isLast(one)),
      ...listed.filter(isLast),
    ];
  });
}

/** Shows `keyof typeof faults` and the like as the resulting names. */
export function showWhatConstantsHold(converter: Converter): void {
  converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.TypeAlias)) return;
    const declarations = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    const isOfConstant = declarations.some(
      (one) =>
        ts.isTypeAliasDeclaration(one) && /^(keyof typeof|\(typeof)\b/.test(one.type.getText()),
    );
    if (isOfConstant) reflection.comment?.modifierTags.add("@useDeclaredType");
  });
}

/** Hides that a type is the return type of some function; its members are still shown. */
export function hideHowTypesAreMade(converter: Converter): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const one of Object.values(project.reflections)) {
      if (!one.isDeclaration()) continue;
      if (one.defaultValue === "...") delete one.defaultValue;
      const shown = one.extendedTypes?.filter((type) => !type.toString().startsWith("ReturnType<"));
      if (shown?.length === 0) delete one.extendedTypes;
      else if (shown) one.extendedTypes = shown;
    }
  });
}

/** Puts the class in `@throws {Class}` before the text of the tag, with a link to it. */
export function nameWhatIsThrown(converter: Converter): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const classes = project.getReflectionsByKind(ReflectionKind.Class | ReflectionKind.TypeAlias);
    for (const { comment } of Object.values(project.reflections)) {
      for (const tag of comment?.getTags("@throws") ?? []) {
        const name = tag.typeAnnotation?.replaceAll(/[{}]/g, "");
        if (!name) continue;
        delete tag.typeAnnotation;
        const target = classes.find((one) => one.name === name);
        tag.content.unshift(
          target
            ? { kind: "inline-tag", tag: "@link", text: name, target }
            : { kind: "code", text: `\`${name}\`` },
          { kind: "text", text: " " },
        );
      }
    }
  });
}

/**
 * What needs no docstring: fields of inline types, and anything that the spec does not describe.
 */
export function undocumentedOnPurpose(project: ProjectReflection): string[] {
  const properties = project
    .getReflectionsByKind(ReflectionKind.Property)
    .filter((one) => !one.hasComment() && !isOfParameter(one))
    .filter(
      (one) =>
        one.parent?.kindOf(ReflectionKind.TypeLiteral) === true ||
        project.getSymbolIdFromReflection(one)?.packagePath.startsWith("src/generated/") === true,
    );
  return [...new Set(properties.map((one) => one.getFriendlyFullName()))];
}

function isOfParameter(reflection: Reflection | undefined): boolean {
  if (!reflection) return false;
  return reflection.kindOf(ReflectionKind.Parameter) || isOfParameter(reflection.parent);
}
