import type { Problem } from './wire.ts';

/** An error response of the gateway. Status 0 means that no response arrived. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly retryAfterMs: number | null,
  ) {
    super(problem?.detail ?? problem?.title ?? (status === 0 ? 'no connection' : `HTTP ${status}`));
  }

  /** Whether the credentials are now those of another person than the one whom this page shows. */
  get isOtherPerson(): boolean {
    return this.status === 401 && this.problem?.type === 'urn:secureapprove:chat:problem:other-person';
  }

  /** Whether the same request may succeed later. */
  get transient(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status);
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  return new ApiError(
    response.status,
    parseProblem(await response.text().catch(() => '')),
    retryAfterMs(response.headers.get('Retry-After')),
  );
}

export function parseProblem(body: string): Problem | null {
  try {
    return JSON.parse(body) as Problem;
  } catch {
    return null;
  }
}

export function retryAfterMs(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds * 1000 : null;
}
