import {
  Converter,
  type DeclarationReflection,
  type Reflection,
  ReferenceType,
  ReflectionKind,
  ReflectionType,
  UnionType,
} from "typedoc";

/**
 * Omits what `paths` and the operations declare as absent: openapi-typescript lists each method,
 * and each kind of parameter, that does not exist. Bodies are left alone, because absence is a rule
 * there.
 */
export function hideWhatIsNotThere(converter: Converter): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const properties = project.getReflectionsByKind(ReflectionKind.Property);
    const inSchema = properties.filter(
      (one): one is DeclarationReflection =>
        one.isDeclaration() && /^(paths|.+Operation)$/.test(exportOf(one)),
    );
    for (const one of inSchema) if (isNever(one)) project.removeReflection(one);
    for (const one of inSchema) if (isEmpty(one)) project.removeReflection(one);
  });
}

/** Omits the alternative of a body that exists only for compiler messages. */
export function hideNeededFields(converter: Converter): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const alias of project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
      if (!alias.isDeclaration() || !(alias.type instanceof UnionType)) continue;
      const needs = alias.name.replace(/Body$/, ".Needs");
      const [first, ...others] = alias.type.types.filter(
        (type) => !(type instanceof ReferenceType && type.qualifiedName === needs),
      );
      if (first) alias.type = others.length > 0 ? new UnionType([first, ...others]) : first;
    }
  });
}

function isNever({ flags, type }: DeclarationReflection): boolean {
  return flags.isOptional && /^(undefined|never)$/.test(String(type));
}

function isEmpty({ type }: DeclarationReflection): boolean {
  if (!(type instanceof ReflectionType)) return false;
  const { children = [], indexSignatures = [] } = type.declaration;
  return children.length + indexSignatures.length === 0;
}

/** The name of the export that contains a reflection. */
function exportOf(reflection: Reflection): string {
  const { parent } = reflection;
  return !parent || parent.kindOf(ReflectionKind.Module) ? reflection.name : exportOf(parent);
}
