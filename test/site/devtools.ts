import { EventEmitter, once } from "node:events";
import type { Readable, Writable } from "node:stream";

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/**
 * Talks to a browser that was started with `--remote-debugging-pipe`: JSON messages, each ended by
 * a zero byte. https://chromedevtools.github.io/devtools-protocol/
 */
export class DevTools {
  readonly events = new EventEmitter();
  readonly #requests: Writable;
  readonly #answers = new EventEmitter();
  #sent = 0;
  #unread = "";

  constructor(requests: Writable, responses: Readable) {
    this.#requests = requests;
    responses.setEncoding("utf8").on("data", (text: string) => {
      this.#read(text);
    });
  }

  /** Sends a command, to a session if one is named, and returns its result. */
  async send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.#sent;
    const answered = once(this.#answers, String(id)) as Promise<[Message]>;
    this.#requests.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const [{ result, error }] = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  #read(text: string): void {
    const messages = (this.#unread + text).split("\0");
    this.#unread = messages.pop() ?? "";
    for (const one of messages) {
      const message = JSON.parse(one) as Message;
      if (message.id === undefined) this.events.emit(message.method ?? "", message.params);
      else this.#answers.emit(String(message.id), message);
    }
  }
}
