/** Names that a mistyped name may have meant. */

/** At most three of `names`, nearest first: those that contain `given` (or the reverse), or differ in few letters. */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = given.trim().toLowerCase().slice(0, 200);
  if (wanted === '') return [];
  return names
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Letters to change between a name, whole or without its organisation, and what was asked for; 1 where one contains the other. */
function distanceTo(wanted: string, name: string): number {
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (wanted.length >= 3 && (name.includes(wanted) || (last.length >= 3 && wanted.includes(last)))) return 1;
  return Math.min(editDistance(wanted, name.slice(0, 200)), editDistance(wanted, last.slice(0, 200)));
}

/** Levenshtein's distance: insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
