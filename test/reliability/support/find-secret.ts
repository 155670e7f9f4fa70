import { inspect } from "node:util";

/**
 * The parts of a value that reveal a secret: everything that a program or a log may print of it,
 * and everything reachable from it, including hidden properties and prototypes.
 */
export function placesOf(secret: string, value: unknown): string[] {
  const places = Object.entries(printed(value))
    .filter(([, text]) => shows(text, secret))
    .map(([how]) => how);
  return [...places, ...reachable(value, secret)];
}

/** Also in base64, in hexadecimal and percent-encoded. */
export function shows(text: string, secret: string): boolean {
  const bytes = Buffer.from(secret);
  const spellings = [secret, encodeURIComponent(secret), bytes.toString("hex")];
  // Base64 depends on the offset of the secret; its middle is the same in one of three offsets.
  for (const offset of [0, 1, 2])
    spellings.push(bytes.subarray(offset, offset + 9).toString("base64"));
  return spellings.some((spelling) => text.includes(spelling));
}

function printed(value: unknown): Record<string, string> {
  return {
    inspect: inspect(value, { depth: Infinity, showHidden: true, getters: true }),
    String: attempt(() => String(value)),
    JSON: attempt(() => JSON.stringify(value)),
    structuredClone: attempt(() => inspect(structuredClone(value), { depth: Infinity })),
    entries: attempt(() => inspect(Object.entries(value as object), { depth: Infinity })),
  };
}

/** If a way of printing refuses a value, it does not show it, but its error message counts. */
function attempt(print: () => string | undefined): string {
  try {
    return print() ?? "";
  } catch (error) {
    return inspect(error);
  }
}

function reachable(root: unknown, secret: string): string[] {
  const places: string[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === "string" && shows(value, secret)) places.push(path);
    const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isHolder || seen.has(value)) return;
    seen.add(value);
    if (typeof value === "function" && shows(String(value), secret)) places.push(`${path}, source`);
    for (const holder of lineageOf(value)) {
      for (const name of Reflect.ownKeys(holder)) {
        if (shows(String(name), secret)) places.push(`${path}, name`);
        visit(attemptGet(value, name), `${path}.${String(name)}`);
      }
    }
    if (value instanceof Map || value instanceof Set) visit([...value], `${path}[…]`);
    if (value instanceof Headers) visit([...value], `${path}[…]`);
  };
  visit(root, "value");
  return places;
}

/** An object and its prototypes. */
function lineageOf(value: object): object[] {
  const parent = Object.getPrototypeOf(value) as object | null;
  return parent ? [value, ...lineageOf(parent)] : [value];
}

function attemptGet(holder: object, name: string | symbol): unknown {
  try {
    return Reflect.get(holder, name) as unknown;
  } catch {
    return undefined;
  }
}
