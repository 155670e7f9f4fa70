import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const ANSWER = JSON.stringify({
  id: "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234",
  output: "https://cdn.example.com/a.png",
  request_id: "req_1",
});

/**
 * A server that answers every request the same way, as fast as Node can, so that the client is what
 * gets measured.
 */
export async function startSink() {
  let largestBody = 0;
  const server = createServer((request, response) => {
    let size = 0;
    request.on("data", (chunk: Buffer) => (size += chunk.length));
    request.on("end", () => {
      largestBody = Math.max(largestBody, size);
      response.writeHead(200, { "content-type": "application/json" }).end(ANSWER);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Size in bytes of the largest body so far. */
    get largestBody() {
      return largestBody;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
