import { isObject } from "../../src/openapi/json.js";

/** The addresses shown on a package's npm page. */
export interface Addresses {
  repository: { type: "git"; url: string };
  homepage: string;
  bugs: string;
}

const REPOSITORY = /^https:\/\/[a-z0-9.-]+\/[\w.-]+\/[\w.-]+$/i;

/**
 * Derives all addresses of a package from that of its repository.
 *
 * @param repository Its address in a browser: `https://github.com/owner/name`.
 * @returns `undefined` if the address is not that of a repository.
 */
export function addressesOf(repository: string): Addresses | undefined {
  const plain = repository.replace(/^git\+/, "").replace(/(\.git|\/)$/, "");
  if (!REPOSITORY.test(plain)) return undefined;
  return {
    repository: { type: "git", url: `git+${plain}.git` },
    homepage: `${plain}#readme`,
    bugs: `${plain}/issues`,
  };
}

/** What prevents a manifest from being published, one line each. */
export function missingAddresses(manifest: unknown): string[] {
  const fields = isObject(manifest) ? manifest : {};
  const repository = isObject(fields["repository"]) ? fields["repository"]["url"] : undefined;
  const derived = typeof repository === "string" ? addressesOf(repository) : undefined;
  if (!derived) {
    return [
      "package.json names no repository: npm run release -- --repository https://…/owner/name",
    ];
  }
  return (["homepage", "bugs"] as const)
    .filter((name) => fields[name] !== derived[name])
    .map(
      (name) =>
        `package.json: ${name} does not follow from repository; it would be ${derived[name]}`,
    );
}
