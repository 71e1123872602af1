/**
 * The name out of a list that somebody probably meant: equal without regard to letter case and blanks, or so few
 * letters away that a slip explains it. Undefined for a name that is on the list, and for one that is far from all.
 */
export function nearMiss(written: string, names: readonly string[], maximumDistance = 2): string | undefined {
  if (names.includes(written)) {
    return undefined;
  }
  const plain = written.trim().toLowerCase();
  const same = names.find((name) => name.toLowerCase() === plain);
  if (same !== undefined) {
    return same;
  }
  let best: string | undefined;
  let shortest = maximumDistance + 1;
  for (const name of names) {
    const distance = editDistance(plain, name.toLowerCase(), shortest);
    if (distance < shortest) {
      shortest = distance;
      best = name;
    }
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour; `limit` for anything that is as far or farther. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) {
    return limit;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min((last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    if (Math.min(...current) >= limit) {
      return limit;
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? limit, limit);
}
