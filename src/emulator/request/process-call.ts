import { successAnswer, type Answer } from "../answer.js";
import { handlerOf } from "../handlers/index.js";
import { Refusal } from "../refusal.js";
import { findPictureAt } from "../pictures/find-picture.js";
import { isObject, type JsonObject } from "../../openapi/json.js";
import { settleFailedTrainings, type World } from "../world.js";
import type { ImageVerdict } from "../options.js";
import { admit } from "./admit.js";
import { authenticate } from "./authenticate.js";
import { checkImages, stringsIn } from "./check-images.js";
import type { Route } from "./find-operation.js";
import type { Incoming } from "./incoming.js";
import { parseBody } from "./parse-body.js";
import type { ReceivedBody } from "./read-body.js";

export interface Steps {
  /** Called with what is to be undone when the request has been answered. */
  onLeave: (undo: () => void) => void;
  /** Called when all checks are passed, before anything is done; may throw to stop it there. */
  beforeWork: () => void;
}

/**
 * Takes a call through everything the service does, in its order: the key, the limit in flight,
 * the spec, the images, the rules, the credits, the work.
 *
 * @throws {Refusal} Whatever the service refuses it with.
 */
export async function processCall(
  { request, requestId, query, origin, ownOrigins }: Incoming,
  received: ReceivedBody,
  { operation, pathParameters }: Route,
  world: World,
  steps: Steps,
): Promise<Answer> {
  const { options, keys, clock, ledger } = world;
  const account = authenticate(request, operation, keys);
  steps.onLeave(admit(account, options.maxInFlight ?? 10));

  if (received.isTooLarge) throw new Refusal("IMAGE_TOO_LARGE");
  const parsed = operation.body && parseBody(received.bytes, request.headers["content-type"]);
  await world.validate(operation, query, withOwnAddressesAsHttps(parsed));
  const body = isObject(parsed) ? parsed : {};
  if (operation.body) checkImages(body, operation.body.images, imageAt);

  const call = { requestId, operation, pathParameters, body, account, origin };
  const handler = handlerOf(operation);
  handler.check?.(call, world);
  settleFailedTrainings(world);
  const cents = handler.cents?.(body) ?? 0;
  const hold = ledger.hold(account, cents);
  try {
    if (cents > 0) await clock.wait(options.processingMs ?? 0);
    steps.beforeWork();
    const answer = successAnswer(operation, handler.perform(call, world));
    hold.capture(requestId, operation.id);
    return answer;
  } finally {
    hold.release();
  }

  function ownPicture(url: string) {
    return findPictureAt(url, ownOrigins, world);
  }

  /** The spec wants https; the addresses this server hands out are as good, though it speaks http. */
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
    return world.images.get(url) ?? (options.imageAt ?? defaultImageAt)(url);
  }
}

/** Nothing is fetched: every address is taken to be good, but for those that can never be. */
function defaultImageAt(url: string): ImageVerdict {
  return /(?:^|\.)(?:invalid|localhost)$/.test(new URL(url).hostname) ? "unreachable" : "ok";
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  return typeof value === "string" ? change(value) : value;
}
