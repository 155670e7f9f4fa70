import { handlerOf } from "../behaviour/index.js";
import { findPictureAt } from "../pictures/picture.js";
import { isObject, type JsonObject } from "../../openapi/json.js";
import { refundFailedTrainings, type EmulatorState } from "../state/emulator-state.js";
import type { ImageVerdict } from "../options.js";
import { admit, authenticate } from "./authenticate.js";
import { checkImages, stringsIn } from "./check-images.js";
import type { Route } from "./find-operation.js";
import type { IncomingRequest } from "./incoming-request.js";
import { parseBody } from "./parse-body.js";
import type { ReceivedBody } from "./read-body.js";
import { Refusal } from "./refusal.js";
import { successReply, type Reply } from "./reply.js";

export interface ProcessingHooks {
  /** Called with what to undo when the request has been answered. */
  onEnd: (release: () => void) => void;
  /** Called when all checks have passed, before anything is done. It may throw to stop the work. */
  beforeWork: () => void;
}

/**
 * Does what the service does with a request, in its order: the key, the limit of requests in
 * flight, the document, the images, the rules, the credits, the work.
 *
 * @throws {Refusal} If the service would refuse it.
 */
export async function processRequest(
  { request, requestId, query, origin, ownOrigins }: IncomingRequest,
  received: ReceivedBody,
  { operation, pathParameters }: Route,
  state: EmulatorState,
  hooks: ProcessingHooks,
): Promise<Reply> {
  const { options, keys, clock, ledger } = state;
  const account = authenticate(request, operation, keys);
  hooks.onEnd(admit(account, options.maxInFlight ?? 10));

  if (received.isTooLarge) throw new Refusal("IMAGE_TOO_LARGE");
  const parsed = operation.body && parseBody(received.bytes, request.headers["content-type"]);
  await state.validate(operation, query, withOwnAddressesAsHttps(parsed));
  const body = isObject(parsed) ? parsed : {};
  if (operation.body) checkImages(body, operation.body.images, imageAt);

  const call = { requestId, operation, pathParameters, body, account, origin };
  const handler = handlerOf(operation);
  handler.check?.(call, state);
  refundFailedTrainings(state);
  const cents = handler.cents?.(body) ?? 0;
  const hold = ledger.hold(account, cents);
  try {
    if (cents > 0) await clock.wait(options.processingMs ?? 0);
    hooks.beforeWork();
    const reply = successReply(operation, handler.perform(call, state));
    hold.capture(requestId, operation.id);
    return reply;
  } finally {
    hold.release();
  }

  function ownPicture(url: string) {
    return findPictureAt(url, ownOrigins, state);
  }

  /** The document asks for https. The addresses that this server handed out count, though they are http. */
  function withOwnAddressesAsHttps(value: unknown): unknown {
    if (!isObject(value) || !operation.body) return value;
    const fields = operation.body.images.urls.filter((field) =>
      stringsIn(value, [field]).some((url) => ownPicture(url)),
    );
    const shown = fields.map((field) => [field, mapStrings(value[field], asHttps)] as const);
    return { ...value, ...Object.fromEntries(shown) } satisfies JsonObject;
  }

  function asHttps(url: string): string {
    return ownPicture(url) ? url.replace(/^http:/, "https:") : url;
  }

  function imageAt(url: string): ImageVerdict {
    const own = ownPicture(url);
    if (own !== undefined) return typeof own === "object" ? "ok" : "unreachable";
    return state.images.get(url) ?? (options.imageAt ?? defaultImageAt)(url);
  }
}

/** Nothing is fetched: every address counts as good, except one that can never be reached. */
function defaultImageAt(url: string): ImageVerdict {
  return /(?:^|\.)(?:invalid|localhost)$/.test(new URL(url).hostname) ? "unreachable" : "ok";
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  return typeof value === "string" ? change(value) : value;
}
