/** The version of this package, as package.json has it; `npm run release:version` sets it. */
export const version = "0.1.0";
