import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";
import type { breakages } from "../../../../scripts/docs/arrivals.js";

/**
 * The ways in which the server fails a POST that it has read completely: after each of them, the
 * `fetch` of some platform resends the request without being asked to.
 */
const failures = {
  fin: ({ socket }) => {
    socket.end();
  },
  rst: ({ socket }) => {
    socket.resetAndDestroy();
  },
  late: async ({ socket }) => {
    await delay(100);
    socket.end();
  },
  "half a head": ({ socket }) => {
    socket.end("HTTP/1.1 200 OK\r\nContent-Le");
  },
  "timed out (408)": (_request, response) => {
    response.writeHead(408, { connection: "close" }).end();
  },
  "misdirected (421)": (_request, response) => {
    response.writeHead(421).end();
  },
} satisfies Record<
  Breakage,
  (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
>;

type Breakage = keyof typeof breakages;

/** How often one POST arrived, and whether its first request used a reused connection. */
export interface Arrivals {
  count: number;
  reused: boolean;
}

/**
 * Starts a server that answers each GET, which leaves an idle connection, and fails each POST when
 * it first arrives: `prompt` in its body is the breakage and a number (`rst #3`). A POST that
 * arrives again is answered with 200, so that only the count shows that it was sent twice.
 */
export async function startBreakingServer() {
  const arrivals = new Map<string, Arrivals>();
  const requestsOf = new WeakMap<object, number>();
  let prompt = "";

  const server = createServer((request, response) => {
    const earlier = requestsOf.get(request.socket) ?? 0;
    requestsOf.set(request.socket, earlier + 1);
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
    void answer(request, response, earlier > 0);
  });

  async function answer(request: IncomingMessage, response: ServerResponse, reused: boolean) {
    if (request.method !== "POST") {
      response.setHeader("content-type", "application/json").end(JSON.stringify(pikzonality));
      return;
    }
    const body = await text(request);
    // Calls are made one at a time. undici has been seen to repeat a request without its body.
    if (body) ({ prompt } = JSON.parse(body) as { prompt: string });
    const earlier = arrivals.get(prompt);
    arrivals.set(prompt, { reused, ...earlier, count: (earlier?.count ?? 0) + 1 });
    if (earlier) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(titles));
    } else {
      const breakage = prompt.replace(/ #\d+$/, "") as Breakage;
      await failures[breakage](request, response);
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** By prompt. */
    arrivals,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** For web pages; spares them a preflight for each call. */
const cors = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "*",
  "access-control-max-age": "600",
};

const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const pikzonality = {
  id,
  name: "Summit",
  mode: "style",
  status: "processing",
  progress: 0,
  portrait_url: null,
  reference: null,
  special_instructions: null,
};
const titles = { outputs: ["A title"], request_id: id };
