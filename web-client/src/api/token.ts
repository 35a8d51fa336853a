/** When a JSON Web Token expires, in epoch milliseconds; null if unknown. It is not verified: use it for timing only. */
export function tokenExpiry(token: string): number | null {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    return null;
  }
}

/** Milliseconds until the token must be renewed: a minute before it expires, or a quarter of a short lifetime before. */
export function renewalIn(expiry: number, now: number): number {
  const left = expiry - now;
  return Math.max(5_000, left - Math.min(60_000, left / 4));
}
