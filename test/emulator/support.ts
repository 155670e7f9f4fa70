import { onTestFinished } from "vitest";
import { prices } from "../../src/generated/prices.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "pikzels-client/emulator";

/** Starts an emulator for one test, with a stopped clock; closed when the test is over. */
export async function emulatorForTest(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ clock: "manual", ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A response, read to its end. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: ReplyBody;
}

/** The fields that the JSON of a response may have; empty if the body is not a JSON object. */
interface ReplyBody {
  id?: string;
  request_id?: string;
  output?: string;
  outputs?: string[];
  main_score?: number;
  subscores?: object;
  portrait_url?: string | null;
  reference?: string[] | null;
  error?: { code: string; message: string; details?: { field?: string; message: string }[] };
}

export interface CallOptions {
  key?: string | undefined;
  headers?: Record<string, string>;
}

/** Makes a plain HTTP call, as a program without this package would. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  { key = "pkz_test", headers = {} }: CallOptions = {},
): Promise<Reply> {
  const response = await fetch(emulator.url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(key && { "x-api-key": key }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): ReplyBody {
  try {
    return (JSON.parse(text) ?? {}) as ReplyBody;
  } catch {
    return {};
  }
}

export const imageUrl = "https://images.example.com/face.png";
export const threeUrls = [imageUrl, imageUrl, imageUrl];
export const tinyPng =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const thumbnail = { prompt: "A summit", model: "pkz_4", format: "16:9" };

/** The cost of `thumbnail` from text, in US dollars. */
export const thumbnailUsd = highestPrice("post_v2_thumbnail_text", thumbnail.model);

/** The higher bound of a generated price. */
export function highestPrice(operation: string, value = ""): number {
  const price = prices[operation];
  const figures = price && "by" in price ? price.values[value] : price;
  if (!figures) throw new Error(`no price of ${operation} ${value}`);
  return figures.high;
}

/** Creates a style or persona and returns its id. */
export async function create(emulator: Emulator, mode: "style" | "persona", name = "Mine") {
  const path = `/v2/pikzonality/${mode}`;
  const { body } = await call(emulator, "POST", path, { name, image_urls: threeUrls });
  return body.id ?? "";
}
