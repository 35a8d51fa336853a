import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Conversation, Message, ServerNotificationFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { Connection, openSocket } from '../connection/connection.ts';
import { isPolling, type Life } from '../connection/life.ts';
import { putConversation } from '../state/conversations.ts';
import { Keep, type Shelf } from '../state/keep.ts';
import { withThread } from '../state/messages.ts';
import { emptyThread, startState, type Screen, type Tab } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { Arrivals } from './arrivals.ts';
import { Credentials } from './credentials.ts';
import { Groups } from './groups.ts';
import { Hearing } from './hearing.ts';
import { History } from './history.ts';
import { Lists } from './lists.ts';
import { Polling } from './polling.ts';
import { Reading } from './reading.ts';
import { Sender } from './sender.ts';
import { Typing } from './typing.ts';
import { Uploads } from './uploads.ts';

export interface ChatEvents {
  message(message: Message, mine: boolean): void;
  notification(frame: ServerNotificationFrame): void;
}

const patienceMs = 1_500;

/** One person's chat on one page: the state, the connection that feeds it, and what can be done to it. */
export class Chat {
  readonly store = new Store(startState);
  readonly groups: Groups;
  readonly #arrivals: Arrivals;
  readonly #connection: Connection;
  readonly #credentials: Credentials;
  readonly #hearing: Hearing;
  readonly #history: History;
  readonly #lists: Lists;
  readonly #polling: Polling;
  readonly #reading: Reading;
  readonly #typing: Typing;
  #sender: Sender | null = null;
  #keep: Keep | null = null;
  #uploads: Uploads | null = null;
  #stopped = false;

  constructor(
    readonly api: Api,
    private readonly clock: Clock,
    private readonly shelf: Shelf | null,
    private readonly events: ChatEvents,
  ) {
    this.#connection = new Connection(
      {
        open: async (lastEventId) => openSocket(api.base, lastEventId, await api.token(false)),
        renew: () => this.#credentials.renew(),
        heard: (frame, fresh) => this.#hearing.hear(frame, fresh),
        changed: (life) => this.#changed(life),
      },
      clock,
    );
    this.#credentials = new Credentials(api, this.#connection, clock);
    this.#lists = new Lists(this.store, api, clock, (messages) => this.#announce(messages));
    this.groups = new Groups(this.store, api, this.#lists);
    this.#reading = new Reading(this.store, this.#connection, api);
    this.#typing = new Typing(this.store, this.#connection, api, clock);
    this.#polling = new Polling(clock, () => this.#poll());
    this.#history = new History(this.store, api, clock, {
      arrived: (messages) => this.#arrivals.arrived(messages),
      laid: (messages) => this.#arrivals.laid(messages),
      failed: () => undefined, // The state says so, and the views offer to try again.
    });
    this.#arrivals = new Arrivals(this.store, {
      isReading: (id) => this.isReading(id),
      announce: (messages) => this.#announce(messages),
      gap: (id) => void this.#history.catchUp(id).catch(() => undefined),
      unknown: (id) => void this.#lists.refresh(id),
      revived: (id) => void this.#history.newest(id),
      accepted: (ids) => this.#accepted(ids),
      grown: () => this.#reading.advance(),
    });
    this.#hearing = new Hearing(this.store, api, this.#arrivals, this.#history, this.#lists, this.#typing, {
      reload: () => void this.reload(),
      refused: (frame) => this.#sender?.refused(frame),
      notification: (frame) => this.events.notification(frame),
    });
  }

  get keep(): Keep | null {
    return this.#keep;
  }

  get uploads(): Uploads | null {
    return this.#uploads;
  }

  /** Finds out who we are and connects. Throws `ApiError` where the gateway does not let us in. */
  async start(): Promise<void> {
    const me = await this.api.me();
    if (this.#stopped) return;
    this.#keep = new Keep(this.shelf, this.api.base, me.tenant, me.id);
    this.#uploads = new Uploads(this.store, this.api, this.#keep);
    this.#sender = new Sender(this.store, this.#connection, this.api, this.#keep, this.clock, (message) =>
      this.#arrivals.arrived([message]),
    );
    this.store.patch({ me });
    this.#sender.restore();
    this.#connection.happen({ what: 'start' });
    // Where something swallows sockets in silence, nobody is to look at an empty list until it is found out.
    this.clock.after(patienceMs, () => {
      if (!this.#stopped && this.store.state.conversationsLoad === 'none') void this.reload();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#connection.happen({ what: 'stop' });
    this.#polling.run(false);
  }

  online(is: boolean): void {
    this.#connection.happen({ what: is ? 'online' : 'offline' });
  }

  woken(): void {
    this.#connection.happen({ what: 'woken' });
  }

  /** Whether somebody is looking: the tab visible and focused. */
  attend(attentive: boolean): void {
    this.#reading.attend(attentive);
  }

  isReading(conversationId: string): boolean {
    return this.#reading.isReading(conversationId);
  }

  show(screen: Partial<Screen>): void {
    this.store.update((state) => ({ ...state, screen: { ...state.screen, ...screen } }));
    this.#reading.advance();
  }

  tab(tab: Tab): void {
    this.show({ tab });
  }

  async open(conversationId: string): Promise<void> {
    const { conversations, threads, screen } = this.store.state;
    const conversation = conversations.get(conversationId);
    const newAfter = conversation?.unread_count ? (conversation.last_read_seq ?? 0) : null;
    const thread = threads.get(conversationId) ?? emptyThread;
    this.store.update((state) => withThread(state, conversationId, { ...thread, newAfter }));
    this.show({ conversationId, tab: screen.wide && screen.tab !== 'chat' ? screen.tab : 'chat' });
    if (!conversation) await this.#lists.refresh(conversationId);
    await this.loadNewest(conversationId);
  }

  async startWith(personId: string): Promise<Conversation> {
    const known = [...this.store.state.conversations.values()].find(
      (one) => !one.is_group && one.participants.some((participant) => participant.id === personId),
    );
    const conversation = known ?? (await this.api.start(personId));
    if (!known) this.#put(conversation);
    await this.open(conversation.id);
    return conversation;
  }

  async startGroup(personIds: string[], title: string): Promise<Conversation> {
    const conversation = await this.groups.start(personIds, title);
    await this.open(conversation.id);
    return conversation;
  }

  /** Sends that text with the files that have arrived; both leave the draft. */
  send(conversationId: string, content: string): void {
    const attachments = this.#uploads?.take(conversationId) ?? [];
    this.#keep?.keepDraft(conversationId, { content: '', attachments: [] });
    this.#sender?.send(conversationId, content, attachments);
    this.#typing.done(conversationId);
  }

  retry(id: string): void {
    this.#sender?.retry(id);
  }

  discard(id: string): void {
    this.#sender?.discard(id);
  }

  typing(conversationId: string): void {
    this.#typing.say(conversationId);
  }

  async loadNewest(conversationId: string): Promise<void> {
    await this.#history.newest(conversationId);
    this.#reading.advance();
  }

  async loadOlder(conversationId: string): Promise<void> {
    await this.#history.older(conversationId);
  }

  /** Everything anew: at the start, after `resync`, and whenever somebody presses "try again". */
  async reload(): Promise<void> {
    const shown = this.store.state.screen.conversationId;
    const thread = shown === null ? null : this.#history.catchUp(shown).catch(() => undefined);
    await Promise.all([this.#lists.reload(), thread]);
  }

  #changed(life: Life): void {
    const before = this.store.state.life;
    this.store.patch({ life });
    if (before.is === 'live' && life.is !== 'live') {
      this.api.session = null;
      this.#sender?.lost();
    }
    this.#credentials.connected(life.is === 'live');
    this.#polling.run(isPolling(life));
    if (life.is === 'live') this.#sender?.advance();
  }

  async #poll(): Promise<void> {
    const { conversationId } = this.store.state.screen;
    let ok = true;
    try {
      await this.#lists.poll(this.clock.now());
      if (conversationId) await this.#history.catchUp(conversationId);
    } catch (error) {
      ok = false;
      if (error instanceof ApiError && error.status === 401) this.#connection.happen({ what: 'closed', code: 4401 });
    }
    this.#connection.happen({ what: 'polled', ok });
    if (ok) this.#sender?.advance();
  }

  #put(conversation: Conversation): void {
    this.store.update((state) => putConversation(state, conversation));
  }

  #accepted(clientMessageIds: readonly string[]): void {
    for (const id of clientMessageIds) this.#sender?.forget(id);
    this.#sender?.advance();
  }

  #announce(messages: readonly Message[]): void {
    for (const message of messages) this.events.message(message, message.sender_id === this.store.state.me?.id);
  }
}
