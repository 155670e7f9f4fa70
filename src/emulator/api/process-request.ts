import { behaviour } from "../../generated/behaviour.js";
import type { JsonObject } from "../../openapi/json.js";
import { valueAt } from "../../openapi/pointer.js";
import { createAnswer } from "../behaviour/answer.js";
import { centsOf } from "../behaviour/prices.js";
import { checkRules, perform, type Call } from "../behaviour/service.js";
import { imageFields } from "../document/property-schemas.js";
import type { ImageVerdict } from "./image-addresses.js";
import { findPictureAt } from "../pictures/picture.js";
import { refundFailedTrainings, type EmulatorState } from "../state/emulator-state.js";
import { admit, authenticate } from "./authenticate.js";
import { checkImageFiles, checkImages, stringsIn } from "./check-images.js";
import type { Route } from "./find-operation.js";
import { imageAddressPresets } from "./image-addresses.js";
import type { IncomingRequest } from "./incoming-request.js";
import { readParameters } from "./parameters.js";
import { fieldsOf, parseBody } from "./parse-body.js";
import type { ReceivedBody } from "./read-body.js";
import { Refusal } from "./refusal.js";
import type { Reply } from "./reply.js";
import { validateBody, validateParameters } from "./validate.js";

export interface ProcessingHooks {
  /** Called with a function to run once the request has been answered. */
  onEnd: (release: () => void) => void;
  /** Called when all checks have passed, before anything is done. It may throw to stop the work. */
  beforeWork: () => void;
}

/**
 * Processes a request in the service's order: the key, the limit of requests in flight, the
 * document, the images, the rules, the credits, the work.
 *
 * @throws {Refusal} If the service would refuse it.
 */
export async function processRequest(
  incoming: IncomingRequest,
  received: ReceivedBody,
  route: Route,
  state: EmulatorState,
  hooks: ProcessingHooks,
): Promise<Reply> {
  const { operation } = route;
  const { options, keys, clock, ledger, publishes } = state;
  const { request, query } = incoming;
  const account = authenticate(request, query, operation, keys, publishes);
  hooks.onEnd(admit(account, options.maxInFlight ?? behaviour.requestsInFlight.perKey));

  const body = await checkInput(incoming, received, route, state);
  received.release();
  const role = state.roles.get(operation) ?? { does: "work" };
  const { requestId, origin } = incoming;
  const accept = request.headers.accept ?? "";
  const { pathParameters } = route;
  const call: Call = { requestId, operation, role, pathParameters, body, account, origin, accept };
  checkRules(call, state);

  refundFailedTrainings(state);
  const cents = centsOf(operation, role, body);
  const hold = ledger.hold(account, cents);
  try {
    if (cents > 0) await clock.wait(state.processingMs);
    hooks.beforeWork();
    const reply = createAnswer(call, perform(call, state), state);
    hold.capture(requestId, operation.id);
    return reply;
  } finally {
    hold.release();
  }
}

/**
 * Checks parameters, body and images.
 *
 * @returns The fields of the body, long strings cut: images take too much memory to keep them.
 * @throws {Refusal} If something is wrong with them.
 */
async function checkInput(
  { request, query, ownOrigins }: IncomingRequest,
  { bytes, isTooLarge }: ReceivedBody,
  { operation, pathParameters }: Route,
  state: EmulatorState,
): Promise<JsonObject> {
  const { document } = state;
  if (isTooLarge) throw new Refusal("IMAGE_TOO_LARGE");
  const parameters = readParameters(document, operation, pathParameters, query, request);
  validateParameters(document, operation, parameters);
  const contentType = request.headers["content-type"] ?? "";
  const { value, media, files } = await parseBody(document, operation, bytes, contentType);
  const schema = media?.pointer === undefined ? {} : valueAt(document, media.pointer);
  const { urls, dataUrls } = imageFields(document, schema);
  const images = [...urls, ...dataUrls];
  validateBody(document, operation, media, withOwnAddressesAsHttps(value, images));
  checkImages(fieldsOf(value), images, imageAt);
  await checkImageFiles(files);
  return withoutLongStrings(fieldsOf(value));

  function ownPicture(url: string) {
    return findPictureAt(url, ownOrigins, state);
  }

  /** The document asks for https. The addresses that this server handed out count, though they are http. */
  function withOwnAddressesAsHttps(body: unknown, names: string[]): unknown {
    const fields = fieldsOf(body);
    const own = names.filter((field) => stringsIn(fields, [field]).some((url) => ownPicture(url)));
    if (own.length === 0) return body;
    const shown = own.map((field) => [field, mapStrings(fields[field], asHttps)] as const);
    return { ...fields, ...Object.fromEntries(shown) };
  }

  function asHttps(url: string): string {
    return ownPicture(url) ? url.replace(/^http:/, "https:") : url;
  }

  function imageAt(url: string): ImageVerdict {
    const own = ownPicture(url);
    if (own !== undefined) return typeof own === "object" ? "ok" : "unreachable";
    const { imageAt: asked = state.defaultImageAt } = state.options;
    const verdictOf = typeof asked === "string" ? imageAddressPresets[asked] : asked;
    return state.images.get(url) ?? verdictOf(url);
  }
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  return typeof value === "string" ? change(value) : value;
}

/** Longer than any text that an answer repeats. */
const MAX_KEPT_CHARACTERS = 10_000;

function withoutLongStrings(fields: JsonObject): JsonObject {
  const cut = (text: string): string => {
    if (text.length <= MAX_KEPT_CHARACTERS) return text;
    // Copied through bytes: a slice of a string keeps the whole string in memory.
    return `${text.length} ${Buffer.from(text.slice(-64)).toString()}`;
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, mapStrings(value, cut)]),
  );
}
