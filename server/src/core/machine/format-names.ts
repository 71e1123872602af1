/** `A`, `A and B`, `A, B and C`; `nothing` for none. */
export function formatNames(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) {
    return 'nothing';
  }
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
