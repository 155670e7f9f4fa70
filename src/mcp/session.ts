import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { isPikzelsError, type Pikzels } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import { Budget } from "../cli/operations/budget.js";
import { contentOf, type Content as AnswerContent } from "../cli/operations/content.js";
import { openFile } from "../cli/operations/file-values.js";
import { invoke, waitFor } from "../cli/operations/invoke.js";
import { endingOf } from "../cli/operations/media-types.js";
import { picturesIn } from "../cli/operations/pictures.js";
import { dollars, type Cost } from "../cli/operations/price-list.js";
import { costOf } from "../cli/operations/prices.js";
import { preparePrompts } from "../cli/operations/prompts.js";
import { buildRequest, problemsWith, type ApiRequest } from "../cli/operations/request.js";
import { printable } from "../cli/terminal/text.js";
import { isObject, objectAt, type JsonObject } from "../openapi/json.js";
import { reportProgress, type ProgressReporter } from "./progress.js";
import type { Tool } from "./tools.js";

export interface SessionOptions {
  /** US dollars that all calls of a session together may cost; `undefined` for no limit. */
  readonly maxUsd: number | undefined;
  /** Where pictures are saved. */
  readonly folder: string;
  /** Whether pictures are also part of the result. */
  readonly imageContent: boolean;
}

type Content = CallToolResult["content"][number];

/** The calls of one host; the spending limit covers all of them. */
export class Session {
  readonly #pikzels: Pikzels;
  readonly #options: SessionOptions;
  readonly #budget: Budget;

  constructor(pikzels: Pikzels, options: SessionOptions) {
    this.#pikzels = pikzels;
    this.#options = options;
    this.#budget = new Budget(options.maxUsd);
  }

  /**
   * Calls the operation of a tool. A failure is returned as a result that explains it, for the
   * agent to read.
   */
  async call(
    { operation }: Tool,
    args: JsonObject,
    context: ServerContext,
  ): Promise<CallToolResult> {
    const { wait, ...given } = args;
    const { values, notes } = preparePrompts(operation, given);
    const problems = problemsWith(operation, values, ({ name }) => name);
    if (problems.length > 0) return failure(`${problems.join(" ")} Nothing was sent.`);
    const cost = costOf({ operation, body: values });
    const progress = reportProgress(context, operation.words.join(" "));
    try {
      const request = await buildRequest(operation, values, readers);
      const refusal = this.#reserve(cost);
      if (refusal !== undefined) return failure(refusal);
      const answer = await this.#send(request, cost, context);
      const told = [...this.#costs(cost), ...notes.map(text)];
      const result = await this.#resultOf(request, answer, told, context);
      return wait === true ? await this.#follow(request, result, context, progress) : result;
    } catch (error) {
      return failure(messageOf(error));
    } finally {
      await progress.stop();
    }
  }

  /** Reserves the cost of a call, or says why the call must not be made. */
  #reserve(cost: Cost | undefined): string | undefined {
    const { maxUsd } = this.#options;
    if (!cost) {
      if (maxUsd === undefined) return undefined;
      return "The price of this operation is not known, and --max-usd is set. Nothing was sent.";
    }
    if (this.#budget.reserve(cost)) return undefined;
    const left = Math.max(0, this.#budget.left).toFixed(2);
    return `This would cost ${dollars(cost)}, and of the limit of this session (--max-usd ${maxUsd ?? ""}) $${left} is left. Nothing was sent.`;
  }

  async #send(
    request: ApiRequest,
    cost: Cost | undefined,
    { mcpReq }: ServerContext,
  ): Promise<unknown> {
    try {
      return await invoke(this.#pikzels, request, { signal: mcpReq.signal });
    } catch (error) {
      // An aborted call may have been billed.
      const wasNotBilled = isPikzelsError(error) && error.outcome !== "unknown";
      if (cost && wasNotBilled) this.#budget.giveBack(cost);
      throw error;
    }
  }

  /** Waits for what a call has started. If that fails, the result still names what to wait for. */
  async #follow(
    { operation, ids }: ApiRequest,
    result: CallToolResult,
    { mcpReq }: ServerContext,
    progress: ProgressReporter,
  ): Promise<CallToolResult> {
    const id = ids[0] ?? objectAt(result.structuredContent)["id"];
    try {
      const ready = await waitFor(this.#pikzels, operation, id as string, {
        signal: mcpReq.signal,
        onProgress: (percent) => {
          progress.percent(percent);
        },
      });
      return {
        content: [text(JSON.stringify(ready, null, 2)), ...result.content.slice(1)],
        ...(isObject(ready) && { structuredContent: ready }),
      };
    } catch (error) {
      return { ...result, isError: true, content: [...result.content, text(messageOf(error))] };
    }
  }

  async #resultOf(
    { operation }: ApiRequest,
    answer: unknown,
    told: readonly Content[],
    context: ServerContext,
  ): Promise<CallToolResult> {
    const stem = `${operation.words.join("-")}-${randomUUID().slice(0, 8)}`;
    const content = contentOf(operation, answer);
    if (content !== undefined) return { content: [...(await this.#give(content, stem)), ...told] };
    const addresses = operation.givesPictures ? picturesIn(answer) : [];
    const pictures = await Promise.all(
      addresses.map((address, index) => this.#picture(address, `${stem}-${index + 1}`, context)),
    );
    return {
      content: [text(JSON.stringify(answer ?? null, null, 2)), ...pictures.flat(), ...told],
      ...(isObject(answer) && { structuredContent: answer }),
    };
  }

  /** An answer that is not JSON: a text unchanged, and a file as a file. */
  async #give(content: AnswerContent, stem: string): Promise<Content[]> {
    if (!(content instanceof Blob)) return [text(await new Response(content).text())];
    return this.#giveFile(content, stem);
  }

  /**
   * A picture as content and as a file. If it cannot be fetched, the result says so: it was paid
   * for all the same.
   */
  async #picture(address: string, stem: string, { mcpReq }: ServerContext): Promise<Content[]> {
    try {
      const image = await this.#pikzels.download(address, { signal: mcpReq.signal });
      return await this.#giveFile(image, stem);
    } catch (error) {
      return [text(`The picture could not be downloaded: ${(error as Error).message}`)];
    }
  }

  /** A file as content, if it is a picture, and as a file on the disk. */
  async #giveFile(file: Blob, stem: string): Promise<Content[]> {
    const bytes = Buffer.from(await file.arrayBuffer());
    const isShown = this.#options.imageContent && file.type.startsWith("image/");
    const saved = text(await this.#save(bytes, `${stem}${endingOf(file.type)}`));
    if (!isShown) return [saved];
    return [{ type: "image", data: bytes.toString("base64"), mimeType: file.type }, saved];
  }

  async #save(bytes: Buffer, name: string): Promise<string> {
    const path = resolve(join(this.#options.folder, name));
    try {
      await mkdir(this.#options.folder, { recursive: true });
      await writeFile(path, bytes);
      return `Saved as ${path}`;
    } catch (error) {
      return `Not saved: ${(error as Error).message}`;
    }
  }

  #costs(cost: Cost | undefined): Content[] {
    if (!cost || cost.high === 0) return [];
    const { maxUsd } = this.#options;
    const limit = maxUsd === undefined ? "" : ` of $${maxUsd.toFixed(2)}`;
    return [
      text(`Cost: ${dollars(cost)}. This session so far: ${dollars(this.#budget.spent)}${limit}.`),
    ];
  }
}

/** Files are read only if the operation asks for one; for an image, only image files. */
const readers = {
  readImage: (path: string) => readImage(resolve(path)),
  readFile: (path: string) => openFile(resolve(path)),
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failure(message: string): CallToolResult {
  return { isError: true, content: [text(printable(message))] };
}

function text(value: string): Content {
  return { type: "text", text: value };
}
