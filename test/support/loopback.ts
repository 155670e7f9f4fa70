import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * Starts a real server for one test and returns its address; it is closed when the test is over.
 */
export async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, server };
}

/** The same, for a server with another protocol: it answers whatever it is sent. */
export async function serveTcp(answer: (words: string) => string) {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (words) => socket.write(answer(String(words))));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port };
}
