/** Whether each word of the query occurs in one of the fields. Accents and case are ignored. */
export function matches(query: string, ...fields: readonly (string | null | undefined)[]): boolean {
  const words = normalise(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = normalise(fields.filter(Boolean).join(' '));
  return words.every((word) => text.includes(word));
}

function normalise(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
