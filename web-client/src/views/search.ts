/** Whether every word of the query begins or is within one of the fields; accents and case do not matter. */
export function matches(query: string, ...fields: readonly (string | null | undefined)[]): boolean {
  const words = normalise(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = normalise(fields.filter(Boolean).join(' '));
  return words.every((word) => text.includes(word));
}

function normalise(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
