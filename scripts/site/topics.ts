import { CommentTag, Converter, ReflectionKind } from "typedoc";

/**
 * Which declarations belong to a topic, matched against `file name`. The first match wins; the
 * topics are shown in this order.
 */
const TOPICS = [
  [
    "Client",
    /^src\/(wrappers\/(client|api-types|wait-until-ready|estimate|prepare-prompt)\b|generated\/client)/,
  ],
  ["Options", /^src\/(wrappers\/options|transport)\b/],
  ["Images", /^src\/images\//],
  ["Errors", /^src\/(wrappers\/errors\/|generated\/errors)/],
  ["Bodies and responses", /^src\/generated\/\S+ \S+(Body|Response)$/],
  ["Schema", /^src\/generated\//],
] as const;

export const categoryOrder = TOPICS.map(([topic]) => topic);

/** Groups the exports of the main entry by the folders that they come from. */
export function groupByTopic(converter: Converter): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const one of Object.values(project.reflections)) {
      if (!one.isDeclaration() || !one.parent?.kindOf(ReflectionKind.Module)) continue;
      const path = project.getSymbolIdFromReflection(one)?.packagePath ?? "";
      const topic = TOPICS.find(([, declarations]) =>
        declarations.test(`${path} ${one.name}`),
      )?.[0];
      // Only added to a docstring, so that a missing docstring is still reported.
      const comment = one.comment ?? one.signatures?.[0]?.comment;
      if (topic && comment) comment.blockTags.push(category(topic));
    }
  });
}

function category(text: string): CommentTag {
  return new CommentTag("@category", [{ kind: "text", text }]);
}
