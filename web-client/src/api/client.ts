import { ApiError, parseProblem, refusal, retryAfter } from './errors.ts';
import { send, type Upload } from './upload.ts';
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

/** What a host page of another origin hands in: a fresh access token whenever it is asked. */
export type TokenSource = () => Promise<string> | string;

export interface Page<T> {
  items: T[];
  next: string | null;
}

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const requestLimitMs = 20_000;

/**
 * The REST side of the gateway. Signs requests with the session cookie and CSRF token on the gateway's own
 * origin, or with a bearer token elsewhere, and renews either once before giving up.
 */
export class Api {
  readonly #root: string;
  #token: string | null = null;
  #csrf: string | null = null;
  session: string | null = null;

  constructor(
    readonly base: string,
    readonly getToken: TokenSource | null,
  ) {
    this.#root = `${base}/api/chat/`;
  }

  /** Throws a 401 where nobody is signed in, without asking for what would be refused: browsers report that on the console. */
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
    const answer = await this.#ask(path);
    return { items: (await answer.json()) as Participant[], next: nextPage(answer) };
  }

  async start(participantId: string): Promise<Conversation> {
    return this.#json('conversations/start/', { method: 'POST', body: { participant_id: participantId } });
  }

  async startGroup(participantIds: string[], title: string): Promise<Conversation> {
    const body = title === '' ? { participant_ids: participantIds } : { participant_ids: participantIds, title };
    return this.#json('conversations/start_group/', { method: 'POST', body });
  }

  async addParticipants(id: string, participantIds: string[]): Promise<Conversation> {
    const answer = await this.#json<ParticipantsAdded>(`conversations/${id}/add_participants/`, {
      method: 'POST',
      body: { participant_ids: participantIds },
    });
    return answer.conversation;
  }

  /** The conversation without that person, or null when that was the last one. */
  async removeParticipant(id: string, participantId: string): Promise<Conversation | null> {
    const answer = await this.#json<ParticipantRemoved | Done>(`conversations/${id}/remove_participant/`, {
      method: 'POST',
      body: { participant_id: participantId },
    });
    return 'conversation' in answer ? answer.conversation : null;
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

  async change(id: string, what: 'archive' | 'unarchive' | 'mute' | 'unmute'): Promise<void> {
    await this.#ask(`conversations/${id}/${what}/`, { method: 'PATCH', body: {} });
  }

  async messages(id: string, where: { before_id?: string; since_id?: string; limit: number }): Promise<Message[]> {
    const query = new URLSearchParams({ limit: String(where.limit) });
    if (where.before_id) query.set('before_id', where.before_id);
    if (where.since_id) query.set('since_id', where.since_id);
    return this.#json(`conversations/${id}/messages/?${query}`);
  }

  async post(id: string, content: string, attachmentIds: string[], clientMessageId: string): Promise<Message> {
    return this.#json(`conversations/${id}/messages/`, {
      method: 'POST',
      body: { content, attachment_ids: attachmentIds, client_message_id: clientMessageId },
      headers: this.#toldAlready(),
    });
  }

  async markRead(id: string, upTo: string): Promise<void> {
    await this.#ask(`conversations/${id}/mark_read/`, {
      method: 'POST',
      body: { up_to: upTo },
      headers: this.#toldAlready(),
    });
  }

  async typing(id: string): Promise<void> {
    await this.#ask(`conversations/${id}/typing/`, { method: 'POST', body: {} });
  }

  async people(): Promise<PersonPresence[]> {
    return this.#json('conversations/presence/');
  }

  upload(file: File, progress: (share: number) => void): Upload {
    const request = new XMLHttpRequest();
    let cancelled = false;
    const attempt = async (again: boolean): Promise<Attachment> => {
      const headers = await this.#signature(true);
      if (cancelled) throw new ApiError(0, null, null);
      const answer = await send(request, `${this.#root}attachments/`, headers, file, progress);
      if (answer.status === 201) return JSON.parse(answer.body) as Attachment;
      if (again && (answer.status === 401 || answer.status === 403) && (await this.#renew(answer.status))) {
        return attempt(false);
      }
      throw new ApiError(answer.status, parseProblem(answer.body), retryAfter(answer.retryAfter));
    };
    return {
      done: attempt(true),
      cancel: () => {
        cancelled = true;
        request.abort();
      },
    };
  }

  /** Ends the session that the cookie stands for, and says where the browser is to go on, if anywhere. */
  async signOut(): Promise<string | null> {
    const answer = await this.#json<{ go_on?: string }>(`${this.base}/sign-out`, { method: 'POST' });
    return answer.go_on ?? null;
  }

  /** A file's bytes, fetched with the same credentials; for pages of another origin. */
  async blob(url: string): Promise<Blob> {
    return (await this.#ask(this.address(url))).blob();
  }

  /** The full address of something the gateway named by path. */
  address(url: string): string {
    return new URL(url, `${this.base}/`).href;
  }

  /** A token that is good now, or null where the cookie speaks for us. */
  async token(fresh: boolean): Promise<string | null> {
    if (!this.getToken) return null;
    if (fresh || this.#token === null) this.#token = await this.getToken();
    return this.#token;
  }

  async #json<T>(path: string, ask: Ask = {}): Promise<T> {
    return (await (await this.#ask(path, ask)).json()) as T;
  }

  /** My own session need not be told what I do here. */
  #toldAlready(): Record<string, string> {
    return this.session ? { 'X-Chat-Session': this.session } : {};
  }

  async #ask(path: string, ask: Ask = {}): Promise<Response> {
    const answer = await this.#once(path, ask);
    if (answer.ok) return answer;
    const changes = ask.method !== undefined;
    if ((answer.status === 401 || (answer.status === 403 && changes)) && (await this.#renew(answer.status))) {
      const second = await this.#once(path, ask);
      if (second.ok) return second;
      throw await refusal(second);
    }
    throw await refusal(answer);
  }

  async #once(path: string, ask: Ask): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      ...(await this.#signature(ask.method !== undefined)),
      ...ask.headers,
    };
    const init: RequestInit = { headers, credentials: this.getToken ? 'omit' : 'same-origin' };
    if (ask.method !== undefined) {
      init.method = ask.method;
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(ask.body ?? {});
    }
    init.signal = AbortSignal.timeout(requestLimitMs);
    try {
      return await fetch(new URL(path, this.#root), init);
    } catch {
      throw new ApiError(0, null, null);
    }
  }

  async #signature(changes: boolean): Promise<Record<string, string>> {
    const token = await this.token(false);
    if (token !== null) return { Authorization: `Bearer ${token}` };
    const csrf = changes ? (cookie('csrftoken') ?? this.#csrf) : null;
    return csrf === null ? {} : { 'X-CSRFToken': csrf };
  }

  /** A new token after 401, a new CSRF token after 403; false where there is nothing new to try. */
  async #renew(status: number): Promise<boolean> {
    if (this.getToken) {
      if (status !== 401) return false;
      const before = this.#token;
      return (await this.token(true)) !== before;
    }
    if (status !== 403) return false;
    const before = cookie('csrftoken') ?? this.#csrf;
    const answer = await this.#once('me/', {});
    if (!answer.ok) return false;
    this.#csrf = ((await answer.json()) as Me).csrf_token ?? null;
    return (cookie('csrftoken') ?? this.#csrf) !== before;
  }
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}

function nextPage(answer: Response): string | null {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.headers.get('Link') ?? '');
  return link?.[1] ? new URL(link[1], answer.url).href : null;
}
