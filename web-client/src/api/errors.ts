import type { Problem } from './wire.ts';

/** A refusal by the gateway, or (status 0) no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly retryAfterMs: number | null,
  ) {
    super(problem?.detail ?? problem?.title ?? (status === 0 ? 'no connection' : `HTTP ${status}`));
  }

  /** True where the same request may well succeed later, and repeating it does no harm. */
  get passing(): boolean {
    return (
      this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
    );
  }
}

export async function refusal(answer: Response): Promise<ApiError> {
  return new ApiError(
    answer.status,
    parseProblem(await answer.text().catch(() => '')),
    retryAfter(answer.headers.get('Retry-After')),
  );
}

export function parseProblem(body: string): Problem | null {
  try {
    return JSON.parse(body) as Problem;
  } catch {
    return null;
  }
}

export function retryAfter(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds * 1000 : null;
}
