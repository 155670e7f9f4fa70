import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isPikzelsError, toImageDataUrl, type Pikzels } from "pikzels-client";
import { readAtMost, TooLargeError } from "./read-at-most.js";

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Scores uploaded images: `POST /score` with the image's bytes.
 *
 * Memory is bounded: an upload holds 10 MB at most, whatever its headers say, and the number of
 * uploads at a time is limited; one more is asked to come back later.
 */
export function createUploadServer(pikzels: Pikzels, { maxUploads = 4 } = {}): Server {
  let uploads = 0;
  return createServer((request, response) => {
    if (request.method !== "POST" || request.url !== "/score") {
      reply(response, 404, { error: "There is only POST /score." });
    } else if (uploads === maxUploads) {
      response.setHeader("retry-after", "5");
      reply(response, 503, { error: "Too many uploads at once; try again." });
    } else {
      uploads++;
      void score(pikzels, request, response).finally(() => uploads--);
    }
  });
}

async function score(pikzels: Pikzels, request: IncomingMessage, response: ServerResponse) {
  // Nobody is waiting on a closed connection, so do not start a paid call for it.
  const gone = new AbortController();
  response.on("close", () => {
    gone.abort();
  });
  try {
    const image_base64 = await toImageDataUrl(await readAtMost(request, MAX_BYTES));
    reply(response, 200, await pikzels.thumbnails.score({ image_base64 }, { signal: gone.signal }));
  } catch (error) {
    if (gone.signal.aborted) return;
    reply(response, statusFor(error), { error: messageFor(error) });
  }
}

function statusFor(error: unknown): number {
  if (error instanceof TooLargeError) return 413;
  if (!isPikzelsError(error)) return 500;
  return error.name === "PikzelsInputError" ? 415 : 502;
}

/** Problems with the image are the sender's business; problems with our account are not. */
function messageFor(error: unknown): string {
  const isSendersFault = statusFor(error) < 500;
  return isSendersFault && error instanceof Error ? error.message : "It cannot be rated now.";
}

function reply(response: ServerResponse, status: number, body: object): void {
  // The rest of the upload is not read: the connection ends with the response.
  if (status !== 200) response.setHeader("connection", "close");
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
