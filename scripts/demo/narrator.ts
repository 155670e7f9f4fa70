import { SingleBar } from "cli-progress";
import { colors } from "../lib/colors.js";

/** Tells the user what just happened, line by line. */
export const narrator = {
  chapter(title: string) {
    process.stdout.write(`\n${colors.bold(title)}\n`);
  },
  tell(line: string) {
    process.stdout.write(`  ${line}\n`);
  },
  /** A line about something that was refused, as it should be. */
  refused(line: string) {
    process.stdout.write(`  ${colors.yellow("refused")} ${line}\n`);
  },
  command(line: string) {
    process.stdout.write(`  ${colors.dim("$")} ${colors.cyan(line)}\n`);
  },
  output(text: string) {
    for (const line of text.trimEnd().split("\n"))
      process.stdout.write(`    ${colors.dim(line)}\n`);
  },
};

/** A progress bar from 0 to 100 on a terminal, otherwise one line per step. */
export function progressBar(label: string) {
  if (!process.stdout.isTTY) {
    return {
      update: (percent: number) => {
        narrator.tell(`${label} ${percent} %`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({ format: `  ${label} {bar} {percentage} %`, hideCursor: true });
  bar.start(100, 0);
  return {
    update: (percent: number) => {
      bar.update(percent);
    },
    stop: () => {
      bar.stop();
    },
  };
}
