import { ApiError, errorOf } from './errors.ts';
import type { Me } from './wire.ts';

/** A function of a host page on another origin that returns a fresh access token at every call. */
export type TokenSource = () => Promise<string> | string;

export interface RequestOptions {
  /** Only requests that change something have a method; without one the request is a GET. */
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const requestTimeoutMs = 20_000;

/**
 * Sends authenticated requests to the gateway. On the gateway's own origin it uses the session cookie and a CSRF token,
 * elsewhere a bearer token. After a refusal it renews the token and repeats the request once.
 */
export class HttpClient {
  /** The URL below which the REST API is. */
  readonly root: string;
  #token: string | null = null;
  #csrf: string | null = null;

  constructor(
    readonly base: string,
    readonly getToken: TokenSource | null,
  ) {
    this.root = `${base}/api/chat/`;
  }

  useCsrfToken(token: string | null): void {
    this.#csrf = token ?? cookie('chat_csrftoken');
  }

  /** The current token, or a new one if `fresh`; null where the session cookie is used. */
  async token(fresh: boolean): Promise<string | null> {
    if (!this.getToken) return null;
    if (fresh || this.#token === null) this.#token = await this.getToken();
    return this.#token;
  }

  /** Throws `ApiError` if the response is an error or does not arrive. */
  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await (await this.request(path, options)).json()) as T;
  }

  /** Throws `ApiError` if the response is an error or does not arrive. */
  async request(path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.#attempt(path, options);
    if (response.ok) return response;
    const isWrite = options.method !== undefined;
    if ((response.status === 401 || (response.status === 403 && isWrite)) && (await this.renew(response.status))) {
      const second = await this.#attempt(path, options);
      if (second.ok) return second;
      throw await errorOf(second);
    }
    throw await errorOf(response);
  }

  async authHeaders(isWrite: boolean): Promise<Record<string, string>> {
    const token = await this.token(false);
    if (token !== null) return { Authorization: `Bearer ${token}` };
    const csrf = isWrite ? (cookie('chat_csrftoken') ?? this.#csrf) : null;
    return csrf === null ? {} : { 'X-CSRFToken': csrf };
  }

  /** Gets a new token after 401, or a new CSRF token after 403. Returns false if there is no new one. */
  async renew(status: number): Promise<boolean> {
    if (this.getToken) {
      if (status !== 401) return false;
      const before = this.#token;
      return (await this.token(true)) !== before;
    }
    if (status !== 403) return false;
    const before = cookie('chat_csrftoken') ?? this.#csrf;
    const response = await this.#attempt('me/', {});
    if (!response.ok) return false;
    this.#csrf = ((await response.json()) as Me).csrf_token ?? null;
    return (cookie('chat_csrftoken') ?? this.#csrf) !== before;
  }

  async #attempt(path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      ...(await this.authHeaders(options.method !== undefined)),
      ...options.headers,
    };
    const init: RequestInit = { headers, credentials: this.getToken ? 'omit' : 'same-origin' };
    if (options.method !== undefined) {
      init.method = options.method;
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(options.body ?? {});
    }
    init.signal = AbortSignal.timeout(requestTimeoutMs);
    try {
      return await fetch(new URL(path, this.root), init);
    } catch {
      throw new ApiError(0, null, null);
    }
  }
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}
