import { Api } from '../api/client.ts';
import type { TokenSource } from '../api/http.ts';
import { ApiError } from '../api/errors.ts';
import type { Message, ServerNotificationFrame } from '../api/wire.ts';
import { Chat } from '../chat/chat.ts';
import { systemClock } from '../clock.ts';
import type { Texts } from '../i18n/texts.ts';
import { Notifier } from '../notifications/notifier.ts';
import { pushBrowser, PushSubscriptions } from '../notifications/push.ts';
import { totalUnread } from '../state/conversations.ts';
import { browserStorage } from '../state/draft-store.ts';
import type { ChatState } from '../state/model.ts';
import type { ChatPhase } from '../views/entry-screen.ts';
import { FileAccess } from './file-access.ts';

export interface SessionCallbacks {
  onPhase(phase: ChatPhase): void;
  onReady(): void;
  onChange(state: ChatState): void;
  onUnread(count: number): void;
  onMessage(message: Message, mine: boolean): void;
  onNotification(frame: ServerNotificationFrame): void;
  /** The credentials are now those of another person, for whom a new session must be started. */
  onOtherPerson(): void;
  openConversation(id: string): void;
}

/** The longest path that the gateway accepts for a subscription. */
const maxPageLength = 500;

/** One run of the chat in the element, from start to stop, with its notifier and file access. */
export class ChatSession {
  readonly chat: Chat;
  readonly files: FileAccess;
  #notifier: Notifier | null = null;
  #push: PushSubscriptions | null = null;
  #stopped = false;
  readonly #unlisten: () => void;

  constructor(
    base: string,
    getToken: TokenSource | null,
    /** The URL of the service worker for Web Push; null if the page's origin has none. */
    private readonly worker: string | null,
    private readonly texts: () => Texts,
    private readonly callbacks: SessionCallbacks,
  ) {
    const api = new Api(base, getToken);
    this.files = new FileAccess(api);
    this.chat = new Chat(api, systemClock, browserStorage(), {
      onMessage: (message, mine) => this.#onMessage(message, mine),
      onNotification: (frame) => this.callbacks.onNotification(frame),
      onOtherPerson: () => this.callbacks.onOtherPerson(),
    });
    this.#unlisten = this.chat.store.listen((state, before) => this.#onStateChange(state, before));
  }

  get notifier(): Notifier | null {
    return this.#notifier;
  }

  async start(): Promise<void> {
    try {
      await this.chat.start();
      if (this.#stopped) return;
      this.callbacks.onPhase('ready');
      this.#push = this.#pushSubscriptions();
      const open = (id: string): void => this.callbacks.openConversation(id);
      this.#notifier = new Notifier(this.chat, systemClock, this.texts, open, this.#push);
      this.#notifier.updatePush();
      this.#closeNotifications();
      if (!navigator.onLine) this.chat.setOnline(false);
      this.callbacks.onReady();
    } catch (error) {
      if (this.#stopped) return;
      const status = error instanceof ApiError ? error.status : 0;
      this.callbacks.onPhase(status === 401 ? 'not_signed_in' : status === 403 ? 'no_tenant' : 'failed');
    }
  }

  /** Removes the person's data from this browser, and ends its notifications. */
  async forget(): Promise<void> {
    const ended = this.#push?.stop();
    this.chat.drafts?.clear();
    await ended?.catch(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
    this.#unlisten();
    this.#notifier?.close();
    this.files.release();
    this.chat.stop();
    if (totalUnread(this.chat.store.state) > 0) this.callbacks.onUnread(0);
  }

  #pushSubscriptions(): PushSubscriptions | null {
    const browser = pushBrowser();
    const publicKey = this.chat.store.state.me?.push_public_key;
    if (!browser || !publicKey || !this.worker || !this.chat.drafts) return null;
    const { pathname } = location;
    return new PushSubscriptions(this.chat.api, this.chat.drafts, browser, {
      script: this.worker,
      publicKey,
      language: this.texts().language,
      page: pathname.startsWith('//') || pathname.length > maxPageLength ? '/' : pathname,
    });
  }

  /** What was read here or elsewhere needs no notification any more. */
  #closeNotifications(): void {
    const { conversations } = this.chat.store.state;
    void this.#push?.closeNotifications((id) => conversations.get(id)?.unread_count === 0).catch(() => undefined);
  }

  #onMessage(message: Message, mine: boolean): void {
    this.callbacks.onMessage(message, mine);
    if (!mine) this.#notifier?.onMessage(message);
  }

  #onStateChange(state: ChatState, before: ChatState): void {
    this.callbacks.onChange(state);
    if (state.connection.kind === 'ended') this.callbacks.onPhase(state.connection.reason);
    const unread = totalUnread(state);
    if (unread === totalUnread(before)) return;
    this.#notifier?.updateTitle();
    this.#closeNotifications();
    this.callbacks.onUnread(unread);
  }
}
