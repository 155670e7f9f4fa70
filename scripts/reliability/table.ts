/** The result of a call that met a fault, as recorded by the fault matrix. */
export interface Cell {
  fault: string;
  method: string;
  /** Which of the call's requests met the fault: the `first` or the `last`. */
  turn: string;
  result: Result;
}

/** `error`, `code` and `outcome` are missing if the call succeeded. */
interface Result {
  sent: number;
  error?: string | undefined;
  code?: string | undefined;
  outcome?: string | undefined;
  charges: number;
}

/**
 * The fault matrix as a Markdown table. Methods, and whole faults, with the same results share
 * their rows, because readers look for how a POST differs from a GET.
 */
export function faultTable(cells: readonly Cell[]): string {
  const faults = groupBy(cells, ({ fault }) => fault);
  const alike = groupBy([...faults.keys()], (fault) =>
    JSON.stringify(told(faults.get(fault) ?? [])),
  );
  const rows = [...alike].flatMap(([json, names]) => {
    const rows = JSON.parse(json) as string[][];
    return rows.map((row) => [names.map((name) => `\`${name}\``).join(", "), ...row]);
  });
  const head = ["Fault", "Methods", "On the first attempt", "On the last attempt"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** The rows of one fault: methods, and their results on the first and on the last attempt. */
function told(ofFault: readonly Cell[]): string[][] {
  const methods = groupBy(ofFault, ({ method }) => method);
  const alike = groupBy([...methods.keys()], (method) =>
    ["first", "last"].map((turn) => tellTurn(methods.get(method) ?? [], turn)).join(" | "),
  );
  return [...alike].map(([results, names]) => [names.join(", "), results]);
}

function tellTurn(cells: readonly Cell[], turn: string): string {
  return cells
    .filter((cell) => cell.turn === turn)
    .map(tell)
    .join();
}

function tell({ fault, result }: Cell): string {
  const { sent, error, code, outcome, charges } = result;
  // A fault named after its code need not repeat it.
  const shownCode = code === undefined || fault.startsWith(code) ? "" : ` ${code}`;
  const end = error ? `${error}${shownCode}, ${outcome ?? ""}` : "success";
  return `${count(sent, "request")}, ${count(charges, "charge")}: ${end}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
