import { UsageError } from "../errors.js";
import type { FileReaders } from "./file-values.js";
import type { Input } from "./inputs.js";

/**
 * The field, of the two that carry an image, that fits what was given: an address, or a data URL made of
 * a file.
 *
 * @param value A path, an address, `-` or a data URL; of an input that takes several, a list of them.
 * @throws {UsageError} If no field takes what was given.
 */
export async function imageFields(
  { name, image, list }: Input,
  value: unknown,
  readImage: FileReaders["readImage"],
): Promise<Record<string, unknown>> {
  const given = (Array.isArray(value) ? value : [value]).map(String);
  const addresses = given.filter((each) => /^https?:\/\//i.test(each));
  if (addresses.length > 0 && addresses.length < given.length) {
    throw new UsageError(`Give ${name} as files or as addresses, not as a mixture of both.`);
  }
  const isAddress = addresses.length > 0;
  const field = isAddress ? image?.address : image?.data;
  if (field === undefined) {
    throw new UsageError(`${name} takes ${isAddress ? "a file, not an" : "an https"} address.`);
  }
  const images = isAddress
    ? addresses
    : await Promise.all(given.map(async (each) => (isDataUrl(each) ? each : readImage(each))));
  return { [field]: list ? images : images[0] };
}

function isDataUrl(value: string): boolean {
  return /^data:/i.test(value);
}
