import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** An HTTP request to the emulator, its target taken apart. */
export interface IncomingRequest {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  /** In upper case. */
  method: string;
  /** As it was sent, without the query. */
  path: string;
  query: URLSearchParams;
  /** The origin at which the client reached the emulator: `http://127.0.0.1:4010`. */
  origin: string;
  /** Every origin that leads to this emulator from the same computer. */
  ownOrigins: string[];
}

export interface OriginOptions {
  /** The origin to use, whatever the request says. */
  publicUrl?: string | undefined;
  /** Whether to trust `Forwarded` and `X-Forwarded-*`. */
  trustProxy?: boolean | undefined;
}

export function readIncomingRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: OriginOptions,
): IncomingRequest {
  const target = request.url ?? "/";
  const queryStart = target.indexOf("?");
  const origin = originOf(request, options);
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

function originOf(request: IncomingMessage, { publicUrl, trustProxy }: OriginOptions): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, "");
  const { host = "", proto = "http" } = {
    host: request.headers.host,
    ...(trustProxy === true && forwardedOrigin(request.headers)),
  };
  const isPlainHost = /^[\w.-]+(?::\d+)?$|^\[[\da-f:]+\](?::\d+)?$/i.test(host);
  const isPlain = isPlainHost && /^https?$/i.test(proto);
  return isPlain ? `${proto.toLowerCase()}://${host}` : loopback("127.0.0.1", request);
}

/**
 * The origin the client asked for, according to the first proxy, the one it reached: `Forwarded`
 * (https://www.rfc-editor.org/rfc/rfc7239#section-4), or else `X-Forwarded-Proto`, `-Host` and
 * `-Port`. A proxy that leaves out the host has passed it on as `Host`.
 */
function forwardedOrigin(headers: IncomingHttpHeaders): { host?: string; proto?: string } {
  const [first = ""] = (headers.forwarded ?? "").split(",");
  const pairs = first.split(";").map((pair) => pair.trim().split("=", 2));
  const standard = new Map(
    pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value.replaceAll('"', "")]),
  );
  const proto = standard.get("proto") ?? firstOf(headers["x-forwarded-proto"]);
  const host = standard.get("host") ?? firstOf(headers["x-forwarded-host"]) ?? headers.host;
  const port = firstOf(headers["x-forwarded-port"]);
  const hasPort = host === undefined || /:\d+$/.test(host) || port === undefined;
  return {
    ...(proto !== undefined && { proto }),
    ...(host !== undefined && { host: hasPort ? host : withPort(host, port, proto) }),
  };
}

function withPort(host: string, port: string, proto: string | undefined): string {
  const isDefault = port === (proto?.toLowerCase() === "https" ? "443" : "80");
  return isDefault ? host : `${host}:${port}`;
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0]?.split(",", 1)[0]?.trim();
}

function loopback(name: string, { socket }: IncomingMessage): string {
  return `http://${name}:${socket.localPort ?? 80}`;
}
