/**
 * Bytes that own their memory, which is what a `Blob` takes.
 *
 * Spelled so because `Uint8Array` has a type argument only since TypeScript 5.7, and older
 * compilers read these declarations too.
 */
export type Bytes = ReturnType<Uint8Array["slice"]>;
