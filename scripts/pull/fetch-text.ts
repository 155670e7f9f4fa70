import { InputError } from "../lib/input-error.js";
import { shownAddress } from "../lib/shown-address.js";

export interface FetchTextOptions {
  /** Milliseconds for everything: redirects, headers and the whole body. */
  timeoutMs: number;
  /** Bytes of the body, after decompression. */
  maxBytes: number;
  fetch?: typeof fetch;
  /** The `Accept` header: which format to prefer if the address has several. @default Markdown */
  accept?: string;
  /** The expected format, for the message if HTML is there instead. @default "Markdown" */
  expected?: string;
}

/** A text, and the address at which it was found after redirects. */
export interface FetchedText {
  text: string;
  url: URL;
}

const USER_AGENT = "pikzels-client pull (reads the docs' OpenAPI fragments)";
const MAX_REDIRECTS = 5;

/**
 * Fetches a Markdown or text page over https, or over http from loopback. Follows redirects only
 * within the origin: an index vouches for its own site and no other.
 *
 * @throws {InputError} one line with the address: not reachable, an HTTP error, too slow, too
 * large, not text, not UTF-8.
 */
export async function fetchText(address: URL, options: FetchTextOptions): Promise<FetchedText> {
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort(new BadPage(`took longer than ${options.timeoutMs} ms`));
  }, options.timeoutMs);
  try {
    const { response, url } = await follow(address, timeout.signal, options);
    return { text: asText(await readBody(response, options.maxBytes), options), url };
  } catch (error) {
    throw new InputError(`${shownAddress(address.href)}: ${explain(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Why a page is unusable; `fetchText` adds the address. */
class BadPage extends Error {}

async function follow(
  address: URL,
  signal: AbortSignal,
  options: FetchTextOptions,
): Promise<{ response: Response; url: URL }> {
  const { fetch: fetchPage = fetch, accept = "text/markdown, text/plain" } = options;
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    assertSafe(url);
    const headers = { accept, "user-agent": USER_AGENT };
    const response = await fetchPage(url, { redirect: "manual", signal, headers });
    if (response.ok) return { response: await assertTextual(response, options), url };
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw new BadPage(`HTTP ${response.status}`);
    }
    const target = new URL(location, url);
    if (target.origin !== address.origin) {
      throw new BadPage(
        `redirects to another origin (${shownAddress(target.href)}), which is not followed`,
      );
    }
    url = target;
  }
  throw new BadPage(`more than ${MAX_REDIRECTS} redirects`);
}

function assertSafe(url: URL) {
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback)) return;
  throw new BadPage("is not fetched: only https, or http from loopback");
}

async function assertTextual(
  response: Response,
  { expected = "Markdown" }: FetchTextOptions,
): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  if (!/html/i.test(type)) return response;
  await response.body?.cancel();
  throw new BadPage(`answers ${type}, not ${expected}`);
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    chunks.push(read.value);
    size += read.value.byteLength;
    if (size <= maxBytes) continue;
    await reader?.cancel(); // Closes the connection: some bodies never end.
    throw new BadPage(`is larger than ${maxBytes} bytes`);
  }
  return Buffer.concat(chunks);
}

function asText(bytes: Uint8Array, { expected = "Markdown" }: FetchTextOptions): string {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BadPage("is not UTF-8 text");
  }
  // Some sites answer any address with their HTML shell, whatever content type they declare.
  if (/^\s*<(!doctype|html)\b/i.test(text)) throw new BadPage(`is HTML, not ${expected}`);
  return text;
}

function explain(error: unknown): string {
  if (error instanceof BadPage) return error.message;
  const { cause, message } = error as Error;
  const reason = cause instanceof Error ? ((cause as { code?: string }).code ?? cause.message) : "";
  return `cannot be fetched (${reason || message})`;
}
