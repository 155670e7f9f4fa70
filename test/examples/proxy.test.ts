import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { run, setStage } from "./support.js";

/** A forward proxy for http that records what passes through it. */
async function startProxy() {
  const passed: string[] = [];
  const server = createServer((request, response) => {
    passed.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const { method, headers, url = "" } = request;
    request.pipe(
      httpRequest(url, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on("connect", (request, socket) => {
    passed.push(`CONNECT ${request.url ?? ""}`);
    const [host = "", port = ""] = (request.url ?? "").split(":");
    void import("node:net").then(({ connect }) => {
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, passed };
}

test("proxy sends its calls through undici's ProxyAgent", async () => {
  const { emulator, environment } = await setStage();
  const proxy = await startProxy();
  const { stdout } = await run("proxy/main.ts", [], { ...environment, PIKZELS_PROXY: proxy.url });
  expect(stdout).toMatch(/^\[\n? *'/);
  expect(proxy.passed).toHaveLength(1);
  expect(emulator.requests).toHaveLength(1);
});
