import { InvalidArgumentError } from "commander";

/** A count of 1 or more. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}

/** An amount of money. */
export function usd(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text)) return value;
  throw new InvalidArgumentError("It must be an amount in US dollars, such as 2.50.");
}

/** A span of time. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0))
    throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}
