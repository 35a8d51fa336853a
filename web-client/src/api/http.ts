import { ApiError, errorOf } from './errors.ts';
import type { Me } from './wire.ts';

/** A function of a host page on another origin that returns a fresh access token at every call. */
export type TokenSource = () => Promise<string> | string;

export interface RequestOptions {
  /** Only requests that change something have a method; without one the request is a GET. */
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Asks who the credentials belong to. Every other request is refused unless they belong to the person of the page. */
  ofAnyPerson?: boolean;
}

const requestTimeoutMs = 20_000;

/**
 * Sends authenticated requests to the gateway. On the gateway's own origin it uses the session cookie and a CSRF token,
 * elsewhere a bearer token. After a refusal it renews the token and repeats the request once.
 *
 * Cookies and tokens can change to another person's while the page is open: in another tab, or by the host page. So each
 * request names the person whom the page shows, and the gateway refuses it with the credentials of anyone else.
 */
export class HttpClient {
  /** The URL below which the REST API is. */
  readonly root: string;
  /** Called when a request was refused because the credentials are now those of another person. */
  onOtherPerson: () => void = () => undefined;
  #token: string | null = null;
  #csrf: string | null = null;
  #personId: string | null = null;

  constructor(
    readonly base: string,
    readonly getToken: TokenSource | null,
  ) {
    this.root = `${base}/api/chat/`;
  }

  /** Binds further requests to this person. */
  actFor(me: Me): void {
    this.#personId = me.id;
    this.#csrf = me.csrf_token ?? null;
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
    const refusal = this.refusal(await errorOf(response));
    const isWrite = options.method !== undefined;
    const renewable = refusal.status === 401 || (refusal.status === 403 && isWrite);
    if (!renewable || refusal.isOtherPerson || !(await this.renew(refusal.status))) throw refusal;
    const second = await this.#attempt(path, options);
    if (second.ok) return second;
    throw this.refusal(await errorOf(second));
  }

  async authHeaders(isWrite: boolean): Promise<Record<string, string>> {
    const person: Record<string, string> = this.#personId === null ? {} : { 'X-Chat-User': this.#personId };
    const token = await this.token(false);
    if (token !== null) return { ...person, Authorization: `Bearer ${token}` };
    // The CSRF token comes from me/ and not from the cookie, which may be that of another person's session by now.
    return isWrite && this.#csrf !== null ? { ...person, 'X-CSRFToken': this.#csrf } : person;
  }

  /** Returns the error of a refused request. Reports it if the credentials are those of another person. */
  refusal(error: ApiError): ApiError {
    if (error.isOtherPerson) this.onOtherPerson();
    return error;
  }

  /** Gets a new token after 401, or a new CSRF token after 403. Returns false if there is no new one. */
  async renew(status: number): Promise<boolean> {
    if (this.getToken) {
      if (status !== 401) return false;
      const before = this.#token;
      return (await this.token(true)) !== before;
    }
    if (status !== 403) return false;
    const before = this.#csrf;
    const response = await this.#attempt('me/', {});
    if (!response.ok) {
      this.refusal(await errorOf(response));
      return false;
    }
    this.#csrf = ((await response.json()) as Me).csrf_token ?? null;
    return this.#csrf !== before;
  }

  async #attempt(path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      ...(await this.authHeaders(options.method !== undefined)),
      ...options.headers,
    };
    if (options.ofAnyPerson) delete headers['X-Chat-User'];
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
