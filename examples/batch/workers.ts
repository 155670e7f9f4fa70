import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../scripts/lib/input-error.js";

/** Worker processes on this machine. One that dies is replaced. */
export interface Workers {
  /** Aborts when too many have died: replacing them does not help. */
  exhausted: AbortSignal;
  /** Kills one in the middle of its work, and returns which. */
  killOne(): number | undefined;
  /** Lets them finish what they have sent, then ends them. */
  stop(): Promise<void>;
}

/** This many more deaths than intended are no accident. */
const maxReplacements = 5;

/** Beside this module, in TypeScript or compiled like it. */
const program = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url));

export function startWorkers(
  count: number,
  args: string[],
  environment: NodeJS.ProcessEnv,
  onTrouble: (message: string) => void,
): Workers {
  const running = new Set<ChildProcess>();
  let replacements = 0;
  const exhausted = new AbortController();
  let stopping = false;

  function start(): void {
    const worker = fork(program, args, {
      env: { ...process.env, ...environment },
    });
    running.add(worker);
    worker.once("exit", (code, signal) => {
      running.delete(worker);
      if (stopping) return;
      const end = `Worker ${worker.pid ?? "?"} ended (${signal ?? `exit code ${code}`})`;
      if (replacements++ < maxReplacements) {
        onTrouble(`${end}; starting another.`);
        start();
      } else {
        exhausted.abort(
          new InputError(`${end}, as have ${maxReplacements} before it. Run it again.`),
        );
      }
    });
  }

  for (let number = 0; number < count; number++) start();

  return {
    exhausted: exhausted.signal,
    killOne() {
      const [victim] = running;
      victim?.kill("SIGKILL");
      return victim?.pid;
    },
    async stop() {
      stopping = true;
      const ends = [...running].map(async (worker) => {
        const ended = once(worker, "exit");
        worker.kill("SIGTERM");
        await ended;
      });
      await Promise.all(ends);
    },
  };
}
