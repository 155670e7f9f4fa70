/** The known name that a wrong one was most likely meant to be. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wrong = name.toLowerCase();
  const distances = known.map((one) => {
    const right = one.toLowerCase();
    // `timeout` for `timeoutMs`.
    return { one, distance: right.startsWith(wrong) ? 1 : editDistance(wrong, right) };
  });
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, name.length / 3) ? best.one : undefined;
}

/** How many letters have to change, be added or be dropped (Levenshtein distance). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(from.length, 100); i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next[j] = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
