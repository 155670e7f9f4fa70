import { PikzelsConnectionError } from "pikzels-client";
import { createServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { serve } from "../support/loopback.js";
import { CANARY, ID, TEXT_BODY, THUMBNAIL } from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

const client = (baseUrl: string) => createPikzels({ apiKey: CANARY, baseUrl, maxRetries: 0 });

describe("over real sockets,", () => {
  test("a refused connection means that nothing was sent", async () => {
    const { url, server } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const error = await client(url)
      .thumbnails.fromText(TEXT_BODY)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error).toMatchObject({ outcome: "not-sent", attempts: 1 });
    expect((error as Error).message).toMatch(/ECONNREFUSED.*Nothing was sent/);
    expect((error as Error).cause).toMatchObject({ name: "TypeError", message: "fetch failed" });
  });

  test("an unknown host means that nothing was sent", async () => {
    const error = client("https://nowhere.invalid").thumbnails.fromText(TEXT_BODY);
    await expect(error).rejects.toMatchObject({ outcome: "not-sent" });
  });

  test.each([
    ["before an answer", (): string => ""],
    ["inside the head", () => "HTTP/1.1 200 OK\r\nContent-"],
    ["inside the body", () => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"],
  ])(
    "a connection that breaks %s means that the request may have been processed",
    async (_where, sent) => {
      const server = createServer((socket) => {
        socket.once("data", () => {
          socket.write(sent(), () => socket.destroy());
        });
        socket.on("error", () => undefined);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : 0;
      const call = client(`http://127.0.0.1:${port}`).thumbnails.fromText(TEXT_BODY);
      await expect(call).rejects.toMatchObject({ outcome: "unknown", attempts: 1 });
      await expect(call).rejects.toBeInstanceOf(PikzelsConnectionError);
      await new Promise((resolve) => server.close(resolve));
    },
  );

  test("fetch itself does not resend a POST when a kept-alive connection breaks", async () => {
    let requests = 0;
    const { url } = await serve((request, response) => {
      request.resume().on("end", () => {
        if (++requests > 1) request.socket.destroy();
        else response.end(JSON.stringify(THUMBNAIL));
      });
    });
    const pikzels = client(url);
    await pikzels.thumbnails.fromText(TEXT_BODY);
    const second = pikzels.thumbnails.fromText(TEXT_BODY);
    await expect(second).rejects.toMatchObject({ outcome: "unknown" });
    expect(requests).toBe(2);
  });

  test.each([
    ["by default", undefined],
    ["if it is passed as the fetch option", globalThis.fetch],
  ])("fetch itself does not resend a POST after a 421, %s", async (_how, fetch) => {
    let requests = 0;
    const { url } = await serve((request, response) => {
      request.resume().on("end", () => {
        requests++;
        response.writeHead(421).end();
      });
    });
    const pikzels = createPikzels({ apiKey: CANARY, baseUrl: url, maxRetries: 0, fetch });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await expect(call).rejects.toMatchObject({ status: 421, attempts: 1 });
    expect(requests).toBe(1);
  });

  test("an abort closes the socket of a stalled response", async () => {
    const closed = vi.fn();
    const controller = new AbortController();
    const reason = new Error("enough");
    const { url } = await serve((request, response) => {
      request.socket.on("close", closed);
      response.write("{", () => {
        controller.abort(reason);
      });
    });
    const call = client(url).pikzonalities.get(ID, { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    await vi.waitFor(() => {
      expect(closed).toHaveBeenCalled();
    });
  });

  test("a response longer than its Content-Length is cut off, not trusted", async () => {
    const { url } = await serve((_request, response) => {
      response.socket?.write(
        `HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${JSON.stringify(THUMBNAIL)}`,
      );
    });
    const call = client(url).thumbnails.fromText(TEXT_BODY);
    await expect(call).rejects.toMatchObject({ outcome: "unknown" });
  });
});
