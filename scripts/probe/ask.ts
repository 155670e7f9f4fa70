import type { Credential } from "../../src/emulator/document/security.js";
import { InputError } from "../lib/input-error.js";
import type { Probe } from "./probe.js";

/** The service's answer, or the reason why there is none. */
export interface Answer {
  status: number;
  requestId: string | undefined;
  body: unknown;
}

export interface Service {
  /** The prefix of every path, without a trailing slash. */
  baseUrl: string;
  key: string;
  /** Milliseconds between two requests. */
  paceMs: number;
  fetch: typeof fetch;
  delay: (ms: number) => Promise<void>;
}

const TIMEOUT_MS = 60_000;
/** How many times a busy service is asked again, and after how long if it does not say. */
const RETRIES = 3;
const RETRY_MS = 5000;

/**
 * Sends one request and reads the answer. A busy service is asked again later.
 *
 * @throws {InputError} If the service cannot be reached.
 */
export async function ask(probe: Probe, service: Service): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const response = await send(probe, service);
    const isBusy = response.status === 429 || response.status === 503;
    if (!isBusy || attempt >= RETRIES) return readAnswer(response);
    await response.body?.cancel();
    const seconds = Number(response.headers.get("retry-after"));
    const isGiven = Number.isFinite(seconds) && seconds > 0;
    await service.delay(isGiven ? Math.min(seconds * 1000, 60_000) : RETRY_MS * 2 ** attempt);
  }
}

async function send(probe: Probe, service: Service): Promise<Response> {
  const { operation, body, key, parameters } = probe;
  const url = new URL(service.baseUrl + probe.path);
  for (const [name, value] of Object.entries(parameters.query)) url.searchParams.set(name, value);
  const headers = new Headers(parameters.header);
  if (body !== undefined) headers.set("content-type", "application/json");
  const value = { own: service.key, malformed: "malformed", none: undefined }[key];
  const credentials = operation.security.find((set) => set.length > 0) ?? [];
  if (value !== undefined) for (const one of credentials) present(one, value, headers, url);
  try {
    return await service.fetch(url, {
      method: operation.method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const { cause } = error as Error;
    const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? (error as Error).name;
    throw new InputError(`${service.baseUrl} cannot be asked: ${reason}`);
  }
}

function present(credential: Credential, value: string, headers: Headers, url: URL): void {
  switch (credential.in) {
    case "header":
      headers.set(credential.name, value);
      break;
    case "query":
      url.searchParams.set(credential.name, value);
      break;
    case "cookie":
      headers.set("cookie", `${credential.name}=${value}`);
      break;
    case "authorization":
      headers.set("authorization", `${credential.scheme} ${value}`);
      break;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = (await response.text()).slice(0, 1_000_000);
  const requestId = response.headers.get("x-request-id") ?? undefined;
  try {
    return { status: response.status, requestId, body: JSON.parse(text) as unknown };
  } catch {
    return { status: response.status, requestId, body: undefined };
  }
}
