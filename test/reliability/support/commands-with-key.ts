import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { redirectTo, startSite } from "../../pull/site.js";
import { shows } from "./find-secret.js";

/** In the environment of each command, and passed to it in every possible way. */
export const key = "pkz_CANARY.4f1d9b7e2c";
/** A different kind of secret: one that a docs site may ask for before it is public. */
const token = "s3cr3t-t0ken-8812";

/** Whether a text contains one of them, even with its underscore escaped. */
export function showsSecret(text: string): boolean {
  return [key, token, key.slice(4)].some((secret) => shows(text, secret));
}

/** A program and its first arguments. */
export type CommandLine = readonly [string, ...string[]];

function start([program, ...args]: CommandLine, more: readonly string[]) {
  const env = { ...process.env, PIKZELS_API_KEY: key, NO_COLOR: "1" };
  const child = spawn(program, [...args, ...more], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Runs a command to its end, and returns everything it wrote. */
export async function run(command: CommandLine, ...args: string[]) {
  const child = start(command, args);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, output: out + err };
}

/**
 * Runs the emulator, sends it requests with the key in every part of a request, and resolves to
 * everything it wrote.
 */
export async function runEmulatorAndCall(command: CommandLine) {
  const child = start(command, ["--port", "0", "--fault", "INVALID_API_KEY,reset"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes("Ctrl-C")) await once(child.stdout, "data");
  const [url = "", port = ""] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output) ?? [];

  const statuses: (number | "none")[] = [];
  for (const [path, init] of requests()) {
    const headers = { "x-api-key": key, "content-type": "application/json", ...init.headers };
    const answer = fetch(url + path, { method: "POST", ...init, headers });
    statuses.push(
      await answer.then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => "none" as const,
      ),
    );
  }
  for (const words of rawRequests) await sendRaw(Number(port), words);
  child.kill("SIGTERM");
  await once(child, "close");
  const charges = [...output.matchAll(/ ms {2}\$(\d+\.\d\d)$/gm)].map(([, usd]) => Number(usd));
  expect(charges.length).toBe(statuses.filter((status) => status === 200).length);
  const charged = charges.reduce((sum, usd) => sum + usd, 0);
  return { output, statuses, charged: `charged $${charged.toFixed(2)}` };
}

const good = { prompt: "A climber", model: "pkz_4", format: "16:9" };

type Request = [
  path: string,
  init: { method?: string; body?: string; headers?: Record<string, string> },
];

function requests(): Request[] {
  const text = "/v2/thumbnail/text";
  const json = (body: unknown) => ({ body: JSON.stringify(body) });
  return [
    // The first two run into the faults: a key that is refused, a connection that is reset.
    [text, json(good)],
    [text, json(good)],
    [text, json(good)],
    [text, json({ ...good, prompt: key })],
    [text, json({ ...good, model: key, [key]: key })],
    [text, { body: `{"prompt": "${key}` }],
    [text, { body: "x", headers: { "content-type": `text/${key}` } }],
    [text, { ...json(good), headers: { authorization: `Bearer ${key}` } }],
    ["/v2/thumbnail/score", json({ image_base64: `data:image/png;base64,${"A".repeat(15e6)}` })],
    [text, { body: key.padEnd(65 * 2 ** 20, "x") }],
    [text, { ...json(good), headers: { "x-long": key.repeat(1000) } }],
    [`/v2/pikzonality/${key}`, { method: "GET" }],
    [`/v2/${encodeURIComponent(key)}?key=${key}`, json(good)],
    [`${text}?api_key=${key}`, json(good)],
    [`/${key}`, { method: "DELETE" }],
    ["/_emulator/faults", { body: `{"code": "${key}"}` }],
    [`/_emulator/${key}`, json({ [key]: key })],
  ];
}

const rawRequests = [
  `${key}\r\n\r\n`,
  `GET /${key} HTTP/9.9\r\nx-api-key: ${key}\r\n\r\n`,
  `POST /v2/title/text HTTP/1.1\r\nx-api-key: ${key}\r\nbad header ${key}\r\n\r\n`,
  `POST /v2/title/text HTTP/1.1\r\nhost: a\r\nx-api-key: ${key}\r\ncontent-length: 9\r\n\r\n${key}`,
];

async function sendRaw(port: number, words: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.end(words);
  socket.resume();
  await once(socket, "close");
}

/**
 * Addresses of a published spec that contain a secret; if there is a `document`, one of them serves
 * it.
 */
export async function secretAddresses(document: string) {
  const query = `?token=${token}&key=${key}`;
  const site = await startSite({
    [`/openapi.json${query}`]: document,
    [`/broken.json${query}`]: "{ openapi: [",
    [`/other.json${query}`]: "{}",
    [`/page.html${query}`]: "<!doctype html>",
    [`/llms.txt${query}`]: `# Docs\n\n- [A page](/page.md)\n- [Ours](https://user:${token}@x.example.com/a.md${query})\n`,
    "/page.md": "nothing here",
    [`/moved.json${query}`]: redirectTo(`https://elsewhere.example.com/${query}`),
    [`/round.json${query}`]: redirectTo(`/round.json${query}`),
  });
  const host = site.origin.slice("http://".length);
  const good = `${site.origin}/openapi.json${query}`;
  const bad = [
    ...["broken", "other", "missing", "moved", "round"].map(
      (name) => `${site.origin}/${name}.json${query}`,
    ),
    `${site.origin}/page.html${query}#${key}`,
    `${site.origin}/llms.txt${query}`,
    `${site.origin}/missing.txt${query}`,
    `http://127.0.0.1:1/openapi.json${query}`,
    `http://example.com/openapi.json${query}`,
    `http://${key}:${token}@${host}/openapi.json`,
    `http://${key}:${token}@${host}/llms.txt`,
    `http://user:${token}@[${host}/openapi.json${query}`,
    `http://user:${token}/${key}@${host}/openapi.json`,
    `ftp://user:${token}@${host}/llms.txt${query}`,
  ];
  return { good, bad };
}

/** A key in place of an option or its value. */
export const misplacedKeys = [
  [key],
  ["--key", key],
  [`--${key}`],
  ["--format", key],
  ["--fail-on", key],
  ["--base", `${key}.yaml`],
];
