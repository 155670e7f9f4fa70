/**
 * What may be shown of an error of the Redis library. The error itself may hold the password: it
 * carries the command that failed, which can be the one that logs in, and servers that do not know
 * that command quote it in their answer.
 */
export function withoutCommand(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("not told why");
  const { name, message } = error;
  const [told = ""] = message.split(/, with args beginning with:/i);
  return Object.assign(new Error(told), { name }, "code" in error && { code: error.code });
}
