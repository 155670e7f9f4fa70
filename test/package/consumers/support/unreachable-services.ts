import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import type { NeverLeft } from "../../../../scripts/docs/never-left.js";

/** Addresses of services that no request can reach, each for a different cause. */
export interface UnreachableServices {
  /** The `baseUrl` for each cause. */
  addresses: Record<NeverLeft, string>;
  /** The proxy for all requests except those to `noProxy`. */
  proxyUrl: string;
  /** Host names, separated by commas. */
  noProxy: string;
  close: () => Promise<void>;
}

/**
 * Hosts that exist nowhere (RFC 6761, section 6.4); the proxy treats each as its first label says.
 */
const PROXIED = {
  "proxy 403": "https://answer-403.invalid",
  "proxy 407": "https://answer-407.invalid",
  "proxy 429": "https://answer-429.invalid",
  "proxy 502": "https://answer-502.invalid",
  "proxy 503": "https://answer-503.invalid",
  "proxy reset": "https://reset.invalid",
};

export async function startUnreachableServices(): Promise<UnreachableServices> {
  const plain = createHttpServer((_request, response) => response.end("{}"));
  const breaking = createServer((socket) => {
    socket.on("error", () => undefined).once("data", () => socket.destroy());
  });
  const proxy = createHttpServer().on("connect", ({ url = "" }, socket) => {
    socket.on("error", () => undefined);
    const [, status] = /^answer-(\d+)\./.exec(url) ?? [];
    if (status === undefined) socket.destroy();
    else socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
  });
  const closed = createServer();
  const [plainPort, breakingPort, proxyPort, closedPort] = await Promise.all(
    [plain, breaking, proxy, closed].map(listen),
  );
  await close(closed);
  return {
    addresses: {
      refused: `http://localhost:${closedPort}`,
      // TCP has no multicast: the kernel refuses before a packet leaves.
      unreachable: "https://224.0.0.1",
      "unknown host": "https://unknown.invalid",
      "blocked port": "http://localhost:1",
      "broken handshake": `https://localhost:${breakingPort}`,
      "no TLS": `https://localhost:${plainPort}`,
      ...PROXIED,
    },
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    noProxy: "localhost,127.0.0.1,224.0.0.1,unknown.invalid",
    close: async () => {
      plain.closeAllConnections();
      await Promise.all([plain, breaking, proxy].map(close));
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
