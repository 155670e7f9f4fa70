/** The usual endings of files whose media type does not say it. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/svg+xml": ".svg",
  "audio/mpeg": ".mp3",
  "text/plain": ".txt",
  "text/event-stream": ".txt",
  "application/octet-stream": ".bin",
};

/** The ending of a file by its media type: `.png`; none for a type that no ending can be made of. */
export function endingOf(mediaType: string): string {
  const [type = ""] = mediaType.toLowerCase().split(";");
  const [, subtype] = /^[a-z]+\/([a-z\d]+)$/.exec(type) ?? [];
  return ENDINGS[type] ?? (subtype === undefined ? "" : `.${subtype}`);
}
