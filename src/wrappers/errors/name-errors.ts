/**
 * Names a class of errors, whatever a minifier calls it. The first line of a stack takes the name
 * from the prototype, an inspector from the class.
 */
export function nameErrors(errorClass: { prototype: Error }, name: string): void {
  for (const holder of [errorClass, errorClass.prototype]) {
    Object.defineProperty(holder, "name", { value: name });
  }
}
