import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request on its way through the emulator. */
export interface Incoming {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  method: string;
  /** As it was sent, without the query. */
  path: string;
  query: URLSearchParams;
  /** Where the client reached the emulator: `http://127.0.0.1:4010`. */
  origin: string;
  /** Every origin under which a client on this machine may have been given addresses. */
  ownOrigins: string[];
}

export function readIncoming(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string | undefined,
): Incoming {
  const target = request.url ?? "/";
  const queryStart = target.indexOf("?");
  const origin = publicUrl?.replace(/\/+$/, "") ?? originOf(request);
  return {
    request,
    response,
    requestId: randomUUID(),
    method: request.method ?? "GET",
    path: queryStart < 0 ? target : target.slice(0, queryStart),
    query: new URLSearchParams(queryStart < 0 ? "" : target.slice(queryStart + 1)),
    origin,
    ownOrigins: [origin, ...["127.0.0.1", "localhost"].map((name) => loopback(name, request))],
  };
}

function originOf(request: IncomingMessage): string {
  const { host = "" } = request.headers;
  const isPlainHost = /^[\w.-]+(?::\d+)?$|^\[[\da-f:]+\](?::\d+)?$/i.test(host);
  return isPlainHost ? `http://${host}` : loopback("127.0.0.1", request);
}

function loopback(name: string, { socket }: IncomingMessage): string {
  return `http://${name}:${socket.localPort ?? 80}`;
}
