import { createPikzels, type Pikzels } from "pikzels-client";
import { objectAt } from "../../openapi/json.js";
import { InterruptedError } from "../errors.js";
import { ExitCode } from "../exit-code.js";
import { trackCall, type CallTracker } from "../terminal/call-tracker.js";
import { colorsFor } from "../terminal/colors.js";
import { showActivity, type Activity } from "../terminal/activity.js";
import type { Terminal } from "../terminal/terminal.js";
import { answerLines } from "./answer-lines.js";
import { fileReaders, readGiven } from "./given.js";
import { invoke, waitFor } from "./invoke.js";
import type { ApiOperation } from "./operations.js";
import { checkTarget, picturesIn, savePictures } from "./pictures.js";
import { costOf, dollars } from "./prices.js";
import { buildRequest, type ApiRequest } from "./request.js";

/** The flags of an operation: those that each has, and its own by the names of inputs. */
export interface Flags extends Readonly<Record<string, unknown>> {
  readonly body?: string;
  readonly save?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
  /** In seconds. */
  readonly timeout?: number;
  readonly baseUrl?: string;
}

/**
 * Calls an operation with what was typed, and prints what it answers.
 *
 * @returns The exit code of a success.
 */
export async function runOperation(
  operation: ApiOperation,
  positionals: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { readBody, readImage } = fileReaders(terminal);
  const { values, rest } = await readGiven(operation, positionals, flags, readBody);
  const target = flags.save;
  if (target !== undefined) await checkTarget(target);
  const request = await buildRequest(operation, values, readImage, rest);

  const answer = await call(request, flags, terminal);
  print(answer, request, flags.json === true, terminal);
  if (target !== undefined) await savePictures(picturesIn(answer), target, terminal);
  return ExitCode.done;
}

/** Sends the request and, with `--wait`, follows what it started; ends at once when interrupted. */
async function call(request: ApiRequest, flags: Flags, terminal: Terminal): Promise<unknown> {
  const tracker = trackCall();
  const pikzels = createPikzels({
    onEvent: tracker.onEvent,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
    baseUrl: flags.baseUrl,
  });
  const interrupt = new AbortController();
  const forget = terminal.onInterrupt(() => {
    interrupt.abort(new InterruptedError(interruptedMessage(request, tracker)));
  });
  const activity = showActivity(request.operation.words.join(" "), terminal.stderr);
  const { signal } = interrupt;
  let answer: unknown;
  try {
    answer = await invoke(pikzels, request, { signal });
    return flags.wait === true ? await follow(pikzels, request, answer, signal, activity) : answer;
  } catch (error) {
    activity.stop();
    // What was created is paid for: its id is told, however the waiting for it ended.
    if (answer !== undefined) print(answer, request, flags.json === true, terminal);
    throw error;
  } finally {
    activity.stop();
    forget();
  }
}

async function follow(
  pikzels: Pikzels,
  { operation, ids }: ApiRequest,
  answer: unknown,
  signal: AbortSignal,
  activity: Activity,
): Promise<unknown> {
  const id = (ids[0] ?? objectAt(answer)["id"]) as string;
  return waitFor(pikzels, operation, id, {
    signal,
    onProgress: (percent) => {
      activity.progress(percent);
    },
  });
}

function interruptedMessage({ operation, body }: ApiRequest, tracker: CallTracker): string {
  const { method } = operation.facts;
  if (tracker.state === "not-sent") return "Interrupted. Nothing was sent.";
  if (tracker.state === "answered") return "Interrupted while waiting. What was started goes on.";
  if (method === "GET") return "Interrupted. Reading does no harm: run it again.";
  const cost = costOf({ operation, body });
  const amount = cost ? ` (${dollars(cost)})` : "";
  return `Interrupted while the request was under way: it may have been processed and billed${amount}. Check before sending it again.`;
}

function print(answer: unknown, request: ApiRequest, asJson: boolean, terminal: Terminal): void {
  if (asJson) {
    terminal.stdout.write(`${JSON.stringify(answer ?? null, null, 2)}\n`);
    return;
  }
  const cost = costOf(request);
  const lines = [
    ...answerLines(answer, colorsFor(terminal.stdout)),
    ...(cost && cost.high > 0
      ? answerLines({ cost: dollars(cost) }, colorsFor(terminal.stdout))
      : []),
  ];
  terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
