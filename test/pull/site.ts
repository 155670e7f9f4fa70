import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** The response for a path of the site: a page's text, or whatever the handler does. */
export type Route = string | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Site {
  /** Without a trailing slash: `http://127.0.0.1:49152`. */
  origin: string;
  /** The address of the site's index. */
  index: string;
  /** The requests, in order: `GET /a.md`. */
  requests: string[];
}

/**
 * Serves a docs site from a real server until the test ends. Its `llms.txt` lists all its pages,
 * unless the routes have one of their own.
 */
export async function startSite(routes: Record<string, Route>): Promise<Site> {
  const links = Object.keys(routes).map((path) => `- [A page](${path})`);
  const all: Record<string, Route> = { "/llms.txt": `# Docs\n\n${links.join("\n")}\n`, ...routes };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const route = all[request.url ?? ""];
    if (route === undefined) respond(response, 404, "Not found");
    else if (typeof route === "string") respond(response, 200, route);
    else route(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, index: `${origin}/llms.txt`, requests };
}

export function respond(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "text/markdown; charset=utf-8", ...headers });
  response.end(body);
}

export function redirectTo(location: string): Route {
  return (_request, response) => {
    respond(response, 308, "", { location });
  };
}

/** A gate to wait at until someone opens it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
