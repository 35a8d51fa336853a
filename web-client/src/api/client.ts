import { ApiError, errorOf, parseProblem, retryAfterMs } from './errors.ts';
import { postFile, type FileUpload } from './file-upload.ts';
import type {
  Attachment,
  Conversation,
  Done,
  Me,
  Message,
  Participant,
  ParticipantRemoved,
  ParticipantsAdded,
  PersonPresence,
  Role,
} from './wire.ts';

/** A function of a host page on another origin that returns a fresh access token at every call. */
export type TokenSource = () => Promise<string> | string;

/** Which messages to load: the newest, those before a message, or those after one. */
export interface PageOfMessages {
  before_id?: string;
  since_id?: string;
  limit: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const requestTimeoutMs = 20_000;

/**
 * The client of the gateway's REST API. On the gateway's own origin it authenticates with the session cookie and a
 * CSRF token, elsewhere with a bearer token. A refused token is renewed and the request repeated once.
 */
export class Api {
  readonly #root: string;
  #token: string | null = null;
  #csrf: string | null = null;
  /** The id of the live WebSocket. The gateway does not send it the events that its own requests cause. */
  session: string | null = null;

  constructor(
    readonly base: string,
    readonly getToken: TokenSource | null,
  ) {
    this.#root = `${base}/api/chat/`;
  }

  /** Throws a 401 if no person is signed in. It asks `/session` first, because browsers log refused requests. */
  async me(): Promise<Me> {
    if (!this.getToken && !(await this.#json<{ signed_in: boolean }>(`${this.base}/session`)).signed_in) {
      throw new ApiError(401, null, null);
    }
    const me = await this.#json<Me>('me/');
    this.#csrf = me.csrf_token ?? cookie('csrftoken');
    return me;
  }

  async conversations(): Promise<Conversation[]> {
    return this.#json('conversations/?archived=all');
  }

  async conversation(id: string): Promise<Conversation> {
    return this.#json(`conversations/${encodeURIComponent(id)}/`);
  }

  async participants(id: string, cursor: string | null): Promise<Page<Participant>> {
    const path = cursor ?? `conversations/${encodeURIComponent(id)}/participants/?limit=200`;
    const response = await this.#request(path);
    return { items: (await response.json()) as Participant[], next: nextPage(response) };
  }

  async start(participantId: string): Promise<Conversation> {
    return this.#json('conversations/start/', { method: 'POST', body: { participant_id: participantId } });
  }

  async startGroup(participantIds: string[], title: string): Promise<Conversation> {
    const body = title === '' ? { participant_ids: participantIds } : { participant_ids: participantIds, title };
    return this.#json('conversations/start_group/', { method: 'POST', body });
  }

  async addParticipants(id: string, participantIds: string[]): Promise<Conversation> {
    const response = await this.#json<ParticipantsAdded>(`conversations/${id}/add_participants/`, {
      method: 'POST',
      body: { participant_ids: participantIds },
    });
    return response.conversation;
  }

  /** Returns the conversation without that person, or null if it was the last one. */
  async removeParticipant(id: string, participantId: string): Promise<Conversation | null> {
    const response = await this.#json<ParticipantRemoved | Done>(`conversations/${id}/remove_participant/`, {
      method: 'POST',
      body: { participant_id: participantId },
    });
    return 'conversation' in response ? response.conversation : null;
  }

  async rename(id: string, title: string): Promise<Conversation> {
    return this.#json(`conversations/${id}/update_title/`, { method: 'PATCH', body: { title } });
  }

  async setRole(id: string, participantId: string, role: Role): Promise<unknown> {
    return this.#json(`conversations/${id}/set_role/`, {
      method: 'PATCH',
      body: { participant_id: participantId, role },
    });
  }

  async change(id: string, change: 'archive' | 'unarchive' | 'mute' | 'unmute'): Promise<void> {
    await this.#request(`conversations/${id}/${change}/`, { method: 'PATCH', body: {} });
  }

  async messages(id: string, page: PageOfMessages): Promise<Message[]> {
    const query = new URLSearchParams({ limit: String(page.limit) });
    if (page.before_id) query.set('before_id', page.before_id);
    if (page.since_id) query.set('since_id', page.since_id);
    return this.#json(`conversations/${id}/messages/?${query}`);
  }

  async post(id: string, content: string, attachmentIds: string[], clientMessageId: string): Promise<Message> {
    return this.#json(`conversations/${id}/messages/`, {
      method: 'POST',
      body: { content, attachment_ids: attachmentIds, client_message_id: clientMessageId },
      headers: this.#sessionHeader(),
    });
  }

  async markRead(id: string, upTo: string): Promise<void> {
    await this.#request(`conversations/${id}/mark_read/`, {
      method: 'POST',
      body: { up_to: upTo },
      headers: this.#sessionHeader(),
    });
  }

  async typing(id: string): Promise<void> {
    await this.#request(`conversations/${id}/typing/`, { method: 'POST', body: {} });
  }

  async people(): Promise<PersonPresence[]> {
    return this.#json('conversations/presence/');
  }

  upload(file: File, onProgress: (fraction: number) => void): FileUpload {
    const request = new XMLHttpRequest();
    let cancelled = false;
    const attempt = async (mayRenew: boolean): Promise<Attachment> => {
      const headers = await this.#authHeaders(true);
      if (cancelled) throw new ApiError(0, null, null);
      const response = await postFile(request, `${this.#root}attachments/`, headers, file, onProgress);
      if (response.status === 201) return JSON.parse(response.body) as Attachment;
      if (mayRenew && (response.status === 401 || response.status === 403) && (await this.#renew(response.status))) {
        return attempt(false);
      }
      throw new ApiError(response.status, parseProblem(response.body), retryAfterMs(response.retryAfter));
    };
    return {
      done: attempt(true),
      cancel: () => {
        cancelled = true;
        request.abort();
      },
    };
  }

  /** Ends the browser session. Returns the address to which the browser must go, or null. */
  async signOut(): Promise<string | null> {
    const response = await this.#json<{ go_on?: string }>(`${this.base}/sign-out`, { method: 'POST' });
    return response.go_on ?? null;
  }

  /** The bytes of a file, requested with the same credentials. Pages on another origin need it. */
  async blob(url: string): Promise<Blob> {
    return (await this.#request(this.address(url))).blob();
  }

  /** The absolute URL of a path that the gateway returned. */
  address(url: string): string {
    return new URL(url, `${this.base}/`).href;
  }

  /** The current token, or a new one if `fresh`; null where the session cookie is used. */
  async token(fresh: boolean): Promise<string | null> {
    if (!this.getToken) return null;
    if (fresh || this.#token === null) this.#token = await this.getToken();
    return this.#token;
  }

  async #json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await (await this.#request(path, options)).json()) as T;
  }

  #sessionHeader(): Record<string, string> {
    return this.session ? { 'X-Chat-Session': this.session } : {};
  }

  async #request(path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.#attempt(path, options);
    if (response.ok) return response;
    const isWrite = options.method !== undefined;
    if ((response.status === 401 || (response.status === 403 && isWrite)) && (await this.#renew(response.status))) {
      const second = await this.#attempt(path, options);
      if (second.ok) return second;
      throw await errorOf(second);
    }
    throw await errorOf(response);
  }

  async #attempt(path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      ...(await this.#authHeaders(options.method !== undefined)),
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
      return await fetch(new URL(path, this.#root), init);
    } catch {
      throw new ApiError(0, null, null);
    }
  }

  async #authHeaders(isWrite: boolean): Promise<Record<string, string>> {
    const token = await this.token(false);
    if (token !== null) return { Authorization: `Bearer ${token}` };
    const csrf = isWrite ? (cookie('csrftoken') ?? this.#csrf) : null;
    return csrf === null ? {} : { 'X-CSRFToken': csrf };
  }

  /** Gets a new token after 401, or a new CSRF token after 403. Returns false if there is no new one. */
  async #renew(status: number): Promise<boolean> {
    if (this.getToken) {
      if (status !== 401) return false;
      const before = this.#token;
      return (await this.token(true)) !== before;
    }
    if (status !== 403) return false;
    const before = cookie('csrftoken') ?? this.#csrf;
    const response = await this.#attempt('me/', {});
    if (!response.ok) return false;
    this.#csrf = ((await response.json()) as Me).csrf_token ?? null;
    return (cookie('csrftoken') ?? this.#csrf) !== before;
  }
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}

function nextPage(response: Response): string | null {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '');
  return link?.[1] ? new URL(link[1], response.url).href : null;
}
