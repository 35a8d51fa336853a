/** When a JSON Web Token ends, in milliseconds, or null where it does not say. Only for planning; it proves nothing. */
export function tokenEnd(token: string): number | null {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    return null;
  }
}

/** When to ask for the next one: a minute before the end, but sooner for those that live only for moments. */
export function renewalIn(end: number, now: number): number {
  const left = end - now;
  return Math.max(5_000, left - Math.min(60_000, left / 4));
}
