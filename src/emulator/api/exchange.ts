import { channel } from "node:diagnostics_channel";
import type { JsonObject } from "../../openapi/json.js";
import type { RequestRecord } from "../state/traffic.js";

/** An API request and its answer, as the caller saw them. */
export interface Exchange extends RequestRecord {
  /** Headers of the answer. */
  headers: Record<string, string>;
  /** JSON value of the answer; `undefined` if it is not JSON or a fault changed it. */
  body: unknown;
}

/** The messages that subscribers of `exchangeChannel` get. */
export interface PublishedExchange {
  exchange: Exchange;
  /** The document that was served. */
  document: JsonObject;
}

/**
 * Every exchange of every emulator in the process is published here, so that a test run can check
 * all of them, whoever started the emulator: https://nodejs.org/api/diagnostics_channel.html
 */
export const exchangeChannel = channel("pikzels-client.emulator.exchange");
