/** What a change means for a program that was built with this client, worst first. */
export const levels = ["breaking", "additive", "docs"] as const;
export type Level = (typeof levels)[number];

/** The direction of data: `request` is what we send, `response` is what we receive. */
export const directions = ["request", "response"] as const;
export type Direction = (typeof directions)[number];

export function isWorse(level: Level, than: Level): boolean {
  return levels.indexOf(level) < levels.indexOf(than);
}

export function worst(found: Iterable<Level>): Level | undefined {
  const present = new Set(found);
  return levels.find((level) => present.has(level));
}

const breaking = "breaking";
const additive = "additive";
const docs = "docs";

/**
 * Every rule: the name of the change, what it means in what we send, what it means in what we
 * receive, and why. Changes to an operation as a whole have no direction: both columns agree.
 */
// prettier-ignore
const table = [
  // rule                            we send   we receive  why
  ["operation-removed",              breaking, breaking, "a program that calls it gets an error"],
  ["operation-added",                additive, additive, "nobody calls it yet"],
  ["operation-renamed",              additive, additive, "the wire is the same; generated names change"],
  ["operation-deprecated",           additive, additive, "still there; a call to plan its replacement"],
  ["webhook-removed",                breaking, breaking, "a program that waits for it waits for ever"],
  ["webhook-added",                  additive, additive, "nobody subscribed to it yet"],
  ["security-tightened",             breaking, breaking, "what a program authenticates with is no longer enough"],
  ["security-relaxed",               additive, additive, "what was enough still is"],
  ["oauth-flow-removed",             breaking, breaking, "a program that asks for its token that way gets none"],
  ["oauth-flow-added",               additive, additive, "one more way to ask for a token"],
  ["oauth-url-changed",              breaking, breaking, "a program asks for its token at the old address"],
  ["oauth-scope-removed",            breaking, breaking, "a program that asks for it gets no token"],
  ["oauth-scope-added",              additive, additive, "nobody asks for it yet"],
  ["default-server-changed",         breaking, breaking, "the client's default address leads elsewhere"],
  ["servers-changed",                additive, additive, "the address is an option of the client"],
  ["callback-removed",               breaking, breaking, "a program that waits for it waits for ever"],
  ["callback-added",                 additive, additive, "a program that does not take it misses nothing"],
  ["callbacks-changed",              breaking, breaking, "it is called at an address that a program does not give"],
  ["links-changed",                  additive, additive, "hints on what to call next, not what is sent"],

  ["parameter-removed",              breaking, breaking, "a program that sends it is refused or ignored"],
  ["parameter-added-required",       breaking, breaking, "a program that does not send it is refused"],
  ["parameter-added-optional",       additive, additive, "it can be left out"],
  ["parameter-became-required",      breaking, breaking, "a program that leaves it out is refused"],
  ["parameter-became-optional",      additive, additive, "what was sent is still accepted"],
  ["parameter-serialization-changed", breaking, breaking, "the same value is written differently"],
  ["parameter-default-changed",      breaking, breaking, "a program that leaves it out gets another result"],
  ["parameter-empty-refused",        breaking, breaking, "a program that sends it empty is refused"],
  ["parameter-empty-allowed",        additive, additive, "what was sent is still accepted"],
  ["parameter-renamed",              breaking, breaking, "the types name it (a path parameter: those of `api`); the wire does not"],

  ["body-removed",                   breaking, breaking, "a program that sends it is refused or ignored"],
  ["body-added-required",            breaking, breaking, "a program that sends none is refused"],
  ["body-added-optional",            additive, additive, "it can be left out"],
  ["body-became-required",           breaking, additive, "a program that leaves it out is refused"],
  ["body-became-optional",           additive, breaking, "what was sent is still accepted"],
  ["media-type-removed",             breaking, breaking, "a program written for it is refused or gets another"],
  ["media-type-added",               additive, additive, "one more to choose from"],
  ["media-type-renamed",             additive, additive, "only its parameters differ"],
  ["field-serialization-changed",    breaking, breaking, "the same field is written differently"],
  ["encoding-changed",               additive, additive, "not analysed further: look at it"],

  ["success-response-removed",       breaking, breaking, "the answer a program waits for is gone"],
  ["error-response-removed",         additive, additive, "one failure less to expect"],
  ["response-added",                 additive, additive, "clients take statuses they do not know by class"],
  ["response-regrouped",             additive, additive, "the same answer, under another status or range"],
  ["header-serialization-changed",   breaking, breaking, "the same value is written differently"],
  ["header-removed",                 additive, additive, "it was optional: a program could not rely on it"],
  ["required-header-removed",        breaking, breaking, "a program that reads it finds nothing"],
  ["header-added",                   additive, additive, "it can be left out, or left unread"],
  ["required-header-added",          breaking, additive, "a program that does not send it is refused"],
  ["header-became-optional",         additive, breaking, "a program that reads it may find nothing"],
  ["header-became-required",         breaking, additive, "more is promised than before"],

  ["property-removed",               breaking, breaking, "the types still have it: it is refused, or absent"],
  ["property-added-required",        breaking, additive, "a program that does not send it is refused"],
  ["property-added-optional",        additive, additive, "it can be left out, or left unread"],
  ["property-became-required",       breaking, additive, "a program that leaves it out is refused"],
  ["property-became-optional",       additive, breaking, "a program that reads it may find nothing"],
  ["property-became-read-only",      additive, additive, "servers ignore a read-only property that is sent"],
  ["property-became-write-only",     additive, breaking, "it no longer comes back"],
  ["property-became-read-write",     additive, additive, "it is allowed in more places"],
  ["object-closed",                  breaking, additive, "a program that sends further properties is refused"],
  ["map-closed",                     breaking, additive, "a free-form object now takes no property"],
  ["object-opened",                  additive, additive, "more properties than the declared ones may be there"],

  ["type-widened",                   additive, breaking, "values of a type the program does not expect"],
  ["type-narrowed",                  breaking, additive, "values that were accepted are refused"],
  ["type-changed",                   breaking, breaking, "the types lie"],
  ["type-changed-in-text",           additive, additive, "parameters, headers and forms carry text either way"],
  ["format-widened",                 additive, breaking, "values that are written otherwise"],
  ["format-narrowed",                breaking, additive, "values that were accepted are refused"],
  ["format-changed",                 breaking, breaking, "the same value is written differently"],
  ["became-nullable",                additive, breaking, "null, which the program does not expect"],
  ["became-not-nullable",            breaking, additive, "null was accepted and is refused"],

  ["enum-added",                     breaking, additive, "values that were accepted are refused"],
  ["enum-removed",                   additive, additive, "any value: codes may grow"],
  ["enum-value-removed",             breaking, additive, "a value that was accepted is refused"],
  ["enum-value-added",               additive, additive, "codes may grow"],
  ["enum-replaced",                  breaking, breaking, "no value that the program knows is left"],

  ["limit-tightened",                breaking, additive, "values that were accepted are refused"],
  ["limit-relaxed",                  additive, breaking, "values outside what was promised"],
  ["limit-changed",                  breaking, breaking, "neither limit contains the other"],
  ["pattern-added",                  breaking, additive, "values that were accepted are refused"],
  ["pattern-changed",                breaking, additive, "may refuse what was accepted; nobody can prove it does not"],
  ["pattern-removed",                additive, additive, "any text; types do not tell it apart"],

  ["alternative-added",              additive, breaking, "values of a shape the program does not expect"],
  ["alternative-removed",            breaking, additive, "a shape that was accepted is refused"],
  ["alternatives-widened",           additive, breaking, "values of a shape the program does not expect"],
  ["alternatives-narrowed",          breaking, additive, "a shape that was accepted is refused"],
  ["alternatives-changed",           breaking, breaking, "neither contains the other"],
  ["alternatives-rearranged",        additive, additive, "the same shapes, said differently"],
  ["alternatives-became-exclusive",  breaking, additive, "what matches two of them is refused"],
  ["alternatives-may-overlap",       additive, additive, "each value still has one of the known shapes"],
  ["discriminator-changed",          additive, additive, "a hint on how to tell the shapes apart"],

  ["condition-added",                breaking, additive, "a further condition: values may be refused"],
  ["condition-removed",              additive, breaking, "what the condition promised is no longer promised"],
  ["condition-changed",              breaking, breaking, "not analysed further: the careful level"],
  ["default-changed",                additive, additive, "what is left out is read differently"],
  ["deprecation-changed",            additive, additive, "still there; a call to plan its replacement"],
  ["xml-changed",                    additive, additive, "not analysed further: look at it"],
  ["unknown-changed",                breaking, breaking, "a keyword nobody here knows: the careful level"],
  ["docs-changed",                   docs,     docs,     "for the reader; the wire is the same"],
] as const;

export type RuleId = (typeof table)[number][0];

export interface Rule {
  id: RuleId;
  /** What the change means in what we send. */
  request: Level;
  /** What the change means in what we receive. */
  response: Level;
  why: string;
}

export const rules: ReadonlyMap<RuleId, Rule> = new Map(
  table.map(([id, request, response, why]) => [id, { id, request, response, why }]),
);

export function ruleOf(id: RuleId): Rule {
  const rule = rules.get(id);
  if (!rule) throw new Error(`no rule is called ${id}`);
  return rule;
}
