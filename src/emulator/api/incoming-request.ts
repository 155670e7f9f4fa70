import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** An HTTP request to the emulator, its target taken apart. */
export interface IncomingRequest {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  method: string;
  /** As it was sent, without the query. */
  path: string;
  query: URLSearchParams;
  /** The origin at which the client reached the emulator: `http://127.0.0.1:4010`. */
  origin: string;
  /** Every origin that leads to this emulator from the same computer. */
  ownOrigins: string[];
}

export function readIncomingRequest(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string | undefined,
): IncomingRequest {
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
