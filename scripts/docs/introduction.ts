import { behaviour } from "../../src/generated/behaviour.js";
import { prices } from "../../src/generated/prices.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";
import { exampleExpression, exampleValues, propertiesOf, requiredOf } from "../generate/index.js";
import type { DocumentedOperation } from "./documented-operations.js";
import { fenced } from "./markdown.js";

/** Programs that introduce the client by one call. */
interface Introduction {
  /** The call, and what to do with its answer: what the README begins with. */
  short: string;
  /** The same with what to do about errors. */
  whole: string;
}

export function introductionOf(
  document: JsonObject,
  operations: readonly DocumentedOperation[],
  isPaid = hasPrice,
): Introduction {
  const { imports, call, result, use } = exampleOf(document, operations, isPaid);
  const short = `import { createPikzels } from "pikzels-client";
${imports}
const pikzels = createPikzels(); // the key comes from PIKZELS_API_KEY
const ${result} = await ${call};
${use}`;
  const whole = `import { createPikzels, isPikzelsApiError, isPikzelsError } from "pikzels-client";
${imports}
const pikzels = createPikzels();
try {
  const ${result} = await ${call};
  ${use}
} catch (error) {
  if (isPikzelsApiError(error)) console.error(error.code, error.meaning, error.requestId);
  else if (isPikzelsError(error)) console.error(error.outcome, error.message);
  else throw error;
}`;
  return { short: fenced("ts", short), whole: fenced("ts", whole) };
}

function hasPrice({ id }: DocumentedOperation): boolean {
  return Object.hasOwn(prices, id);
}

/** The call that introduces the client, and the code that uses its answer. */
function exampleOf(
  document: JsonObject,
  operations: readonly DocumentedOperation[],
  isPaid: typeof hasPrice,
) {
  const shown = introducing(document, operations, isPaid);
  if (!shown) throw new Error("the document has no operation");
  const [group = "", name = ""] = shown.facts.name.split(".");
  const call = exampleExpression(document, { group, name, operation: shown.operation });
  if (!makesImage(document, shown))
    return { imports: "", call, result: "answer", use: "console.log(answer);" };
  const { lifetimeHours } = behaviour.outputs;
  return {
    imports: 'import { downloadTo } from "pikzels-client/node";\n',
    call,
    result: "image",
    use: `await downloadTo(image, "image.png"); // the address expires after ${lifetimeHours} hours`,
  };
}

/**
 * Of the operations that need no id: one that makes an image, of those the one whose example gives
 * the fewest images, or else one that is paid for, or else the first.
 */
function introducing(
  document: JsonObject,
  operations: readonly DocumentedOperation[],
  isPaid: typeof hasPrice,
): DocumentedOperation | undefined {
  const withoutId = operations.filter(({ facts }) => !facts.path.includes("{"));
  const [making] = withoutId
    .filter((one) => makesImage(document, one))
    .sort((a, b) => imagesGiven(document, a) - imagesGiven(document, b));
  return making ?? withoutId.find(isPaid) ?? withoutId[0] ?? operations[0];
}

/** Whether `downloadTo` takes its answer: an object that always has the address of an output. */
function makesImage(document: JsonObject, { facts, responses }: DocumentedOperation): boolean {
  return (
    facts.method === "POST" &&
    responses.length > 0 &&
    responses.every(([, content]) => {
      const schema = dereference(document, content?.schema);
      const { type, nullable } = dereference(document, propertiesOf(document, schema)["output"]);
      const isAlwaysThere = requiredOf(document, schema).has("output") && nullable !== true;
      return type === "string" && isAlwaysThere;
    })
  );
}

function imagesGiven(document: JsonObject, { operation, facts }: DocumentedOperation): number {
  const given = exampleValues(document, operation).filter(isObject).flatMap(Object.keys);
  return given.filter((field) => Object.hasOwn(facts.images ?? {}, field)).length;
}
