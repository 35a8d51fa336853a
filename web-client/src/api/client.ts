import { ApiError, parseProblem, retryAfterMs } from './errors.ts';
import { postFile, type FileUpload } from './file-upload.ts';
import { HttpClient, type TokenSource } from './http.ts';
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
  PushSubscription,
  PushSubscriptionRequest,
  Role,
} from './wire.ts';

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

/** The operations of the gateway's REST API. They throw `ApiError` if the gateway refuses or does not answer. */
export class Api {
  readonly #http: HttpClient;
  /** The id of the live WebSocket. The gateway does not send it the events that its own requests cause. */
  session: string | null = null;

  constructor(base: string, getToken: TokenSource | null) {
    this.#http = new HttpClient(base, getToken);
  }

  get base(): string {
    return this.#http.base;
  }

  /** Whether requests carry a token, so that plain links to files do not work. */
  get usesToken(): boolean {
    return this.#http.getToken !== null;
  }

  /** Called when a request was refused because the credentials are now those of another person. */
  set onOtherPerson(callback: () => void) {
    this.#http.onOtherPerson = callback;
  }

  /**
   * The person to whom the credentials belong. Throws a 401 if no person is signed in. It asks `/session` first, because
   * browsers log refused requests.
   */
  async me(): Promise<Me> {
    if (!this.usesToken && !(await this.#http.json<{ signed_in: boolean }>(`${this.base}/session`)).signed_in) {
      throw new ApiError(401, null, null);
    }
    return this.#http.json<Me>('me/', { ofAnyPerson: true });
  }

  /** Binds further requests to this person: with the credentials of anyone else the gateway refuses them. */
  actFor(me: Me): void {
    this.#http.actFor(me);
  }

  async conversations(): Promise<Conversation[]> {
    return this.#http.json('conversations/?archived=all');
  }

  async conversation(id: string): Promise<Conversation> {
    return this.#http.json(`conversations/${encodeURIComponent(id)}/`);
  }

  async participants(id: string, cursor: string | null): Promise<Page<Participant>> {
    const path = cursor ?? `conversations/${encodeURIComponent(id)}/participants/?limit=200`;
    const response = await this.#http.request(path);
    return { items: (await response.json()) as Participant[], next: nextPage(response) };
  }

  async start(participantId: string): Promise<Conversation> {
    return this.#http.json('conversations/start/', { method: 'POST', body: { participant_id: participantId } });
  }

  async startGroup(participantIds: string[], title: string): Promise<Conversation> {
    const body = title === '' ? { participant_ids: participantIds } : { participant_ids: participantIds, title };
    return this.#http.json('conversations/start_group/', { method: 'POST', body });
  }

  async addParticipants(id: string, participantIds: string[]): Promise<Conversation> {
    const response = await this.#http.json<ParticipantsAdded>(`conversations/${id}/add_participants/`, {
      method: 'POST',
      body: { participant_ids: participantIds },
    });
    return response.conversation;
  }

  /** Returns the conversation without that person, or null if it was the last one. */
  async removeParticipant(id: string, participantId: string): Promise<Conversation | null> {
    const response = await this.#http.json<ParticipantRemoved | Done>(`conversations/${id}/remove_participant/`, {
      method: 'POST',
      body: { participant_id: participantId },
    });
    return 'conversation' in response ? response.conversation : null;
  }

  async rename(id: string, title: string): Promise<Conversation> {
    return this.#http.json(`conversations/${id}/update_title/`, { method: 'PATCH', body: { title } });
  }

  async setRole(id: string, participantId: string, role: Role): Promise<unknown> {
    return this.#http.json(`conversations/${id}/set_role/`, {
      method: 'PATCH',
      body: { participant_id: participantId, role },
    });
  }

  async change(id: string, change: 'archive' | 'unarchive' | 'mute' | 'unmute'): Promise<void> {
    await this.#http.request(`conversations/${id}/${change}/`, { method: 'PATCH', body: {} });
  }

  async messages(id: string, page: PageOfMessages): Promise<Message[]> {
    const query = new URLSearchParams({ limit: String(page.limit) });
    if (page.before_id) query.set('before_id', page.before_id);
    if (page.since_id) query.set('since_id', page.since_id);
    return this.#http.json(`conversations/${id}/messages/?${query}`);
  }

  async post(id: string, content: string, attachmentIds: string[], clientMessageId: string): Promise<Message> {
    return this.#http.json(`conversations/${id}/messages/`, {
      method: 'POST',
      body: { content, attachment_ids: attachmentIds, client_message_id: clientMessageId },
      headers: this.#sessionHeader(),
    });
  }

  async markRead(id: string, upTo: string): Promise<void> {
    await this.#http.request(`conversations/${id}/mark_read/`, {
      method: 'POST',
      body: { up_to: upTo },
      headers: this.#sessionHeader(),
    });
  }

  async typing(id: string): Promise<void> {
    await this.#http.request(`conversations/${id}/typing/`, { method: 'POST', body: {} });
  }

  async people(): Promise<PersonPresence[]> {
    return this.#http.json('conversations/presence/');
  }

  /** Subscribes this browser to Web Push. */
  async subscribePush(subscription: PushSubscriptionRequest): Promise<PushSubscription> {
    return this.#http.json('push_subscriptions/', { method: 'POST', body: subscription });
  }

  async unsubscribePush(id: string): Promise<void> {
    await this.#http.request(`push_subscriptions/${encodeURIComponent(id)}/`, { method: 'DELETE' });
  }

  upload(file: File, onProgress: (fraction: number) => void): FileUpload {
    const request = new XMLHttpRequest();
    let cancelled = false;
    const attempt = async (mayRenew: boolean): Promise<Attachment> => {
      const headers = await this.#http.authHeaders(true);
      if (cancelled) throw new ApiError(0, null, null);
      const response = await postFile(request, `${this.#http.root}attachments/`, headers, file, onProgress);
      if (response.status === 201) return JSON.parse(response.body) as Attachment;
      if (
        mayRenew &&
        (response.status === 401 || response.status === 403) &&
        (await this.#http.renew(response.status))
      ) {
        return attempt(false);
      }
      throw this.#http.refusal(
        new ApiError(response.status, parseProblem(response.body), retryAfterMs(response.retryAfter)),
      );
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
    const response = await this.#http.json<{ go_on?: string }>(`${this.base}/sign-out`, { method: 'POST' });
    return response.go_on ?? null;
  }

  /** The bytes of a file, requested with the same credentials. Pages on another origin need it. */
  async blob(url: string): Promise<Blob> {
    return (await this.#http.request(this.address(url))).blob();
  }

  /** The absolute URL of a path that the gateway returned. */
  address(url: string): string {
    return new URL(url, `${this.base}/`).href;
  }

  /** The current token, or a new one if `fresh`; null where the session cookie is used. */
  token(fresh: boolean): Promise<string | null> {
    return this.#http.token(fresh);
  }

  #sessionHeader(): Record<string, string> {
    return this.session ? { 'X-Chat-Session': this.session } : {};
  }
}

function nextPage(response: Response): string | null {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '');
  return link?.[1] ? new URL(link[1], response.url).href : null;
}
