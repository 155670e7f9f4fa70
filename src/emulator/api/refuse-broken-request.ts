import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { envelopeReply } from "./reply.js";

/** Answers requests that are not HTTP, or took too long to arrive, with the error envelope too. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const message = "The request is not valid HTTP.";
  const fields = { status: 400, code: "VALIDATION_ERROR", message };
  const { status, headers, body } = envelopeReply(fields, requestId);
  const head = {
    ...headers,
    "x-request-id": requestId,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} Bad Request`, ...lines, "", String(body)].join("\r\n"));
}
