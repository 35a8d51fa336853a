import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Conversation, Message, ServerNotificationFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { Connection, openSocket } from '../connection/connection.ts';
import { isPolling, type ConnectionState } from '../connection/connection-state.ts';
import { putConversation } from '../state/conversations.ts';
import { DraftStore, type DraftStorage } from '../state/draft-store.ts';
import { withThread } from '../state/messages.ts';
import { emptyThread, initialState, type Screen, type Tab } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { IncomingMessages } from './incoming-messages.ts';
import { Credentials } from './credentials.ts';
import { Groups } from './groups.ts';
import { FrameDispatcher } from './frame-dispatcher.ts';
import { History } from './history.ts';
import { ListLoader } from './list-loader.ts';
import { Polling } from './polling.ts';
import { ReadTracker } from './read-tracker.ts';
import { Sender } from './sender.ts';
import { TypingSignals } from './typing-signals.ts';
import { Uploads } from './uploads.ts';

export interface ChatCallbacks {
  onMessage(message: Message, mine: boolean): void;
  onNotification(frame: ServerNotificationFrame): void;
  /** The credentials are now those of another person. The chat has stopped; a new one must be started for them. */
  onOtherPerson(): void;
}

const restFallbackMs = 1_500;

/** The chat of one person on one page: it owns the state and the connection, and offers every action to the views. */
export class Chat {
  readonly store = new Store(initialState);
  readonly groups: Groups;
  readonly #incoming: IncomingMessages;
  readonly #connection: Connection;
  readonly #credentials: Credentials;
  readonly #dispatcher: FrameDispatcher;
  readonly #history: History;
  readonly #lists: ListLoader;
  readonly #polling: Polling;
  readonly #readTracker: ReadTracker;
  readonly #typing: TypingSignals;
  #sender: Sender | null = null;
  #drafts: DraftStore | null = null;
  #uploads: Uploads | null = null;
  #stopped = false;

  constructor(
    readonly api: Api,
    private readonly clock: Clock,
    private readonly storage: DraftStorage | null,
    private readonly callbacks: ChatCallbacks,
  ) {
    this.#connection = new Connection(
      {
        openSocket: async (lastEventId) =>
          openSocket(api.base, this.store.state.me?.id ?? '', lastEventId, await api.token(false)),
        renewCredentials: () => this.#credentials.renew(),
        isMine: (connected) => this.#isMine(connected.user_id === this.store.state.me?.id),
        onFrame: (frame, fresh) => this.#dispatcher.dispatch(frame, fresh),
        onStateChange: (state) => this.#onStateChange(state),
      },
      clock,
    );
    api.onOtherPerson = () => this.#isMine(false);
    this.#credentials = new Credentials(api, this.#connection, clock, ({ id, tenant }) => {
      const { me } = this.store.state;
      return this.#isMine(id === me?.id && tenant === me.tenant);
    });
    this.#lists = new ListLoader(this.store, api, clock, (messages) => this.#announce(messages));
    this.groups = new Groups(this.store, api, this.#lists);
    this.#readTracker = new ReadTracker(this.store, this.#connection, api);
    this.#typing = new TypingSignals(this.store, this.#connection, api, clock);
    this.#polling = new Polling(clock, () => this.#poll());
    this.#history = new History(this.store, api, clock, {
      onNewMessages: (messages) => this.#incoming.receive(messages),
      onPage: (messages) => this.#incoming.pageMerged(messages),
    });
    this.#incoming = new IncomingMessages(this.store, {
      isReading: (id) => this.isReading(id),
      announce: (messages) => this.#announce(messages),
      onGap: (id) => void this.#history.catchUp(id).catch(() => undefined),
      onUnknownConversation: (id) => void this.#lists.refresh(id),
      onFailedThread: (id) => void this.#history.loadNewest(id),
      onAccepted: (ids) => this.#onAccepted(ids),
      onAdded: () => this.#readTracker.markRead(),
    });
    this.#dispatcher = new FrameDispatcher(this.store, api, this.#incoming, this.#history, this.#lists, this.#typing, {
      reload: () => void this.reload(),
      onError: (frame) => this.#sender?.onError(frame),
      onNotification: (frame) => this.callbacks.onNotification(frame),
    });
  }

  get drafts(): DraftStore | null {
    return this.#drafts;
  }

  get uploads(): Uploads | null {
    return this.#uploads;
  }

  /** Loads the signed-in person and connects. Throws `ApiError` if the gateway refuses. */
  async start(): Promise<void> {
    const me = await this.api.me();
    if (this.#stopped) return;
    this.api.actFor(me);
    this.#drafts = new DraftStore(this.storage, this.api.base, me.tenant, me.id);
    this.#uploads = new Uploads(this.store, this.api, this.#drafts);
    this.#sender = new Sender(this.store, this.#connection, this.api, this.#drafts, this.clock, (message) =>
      this.#incoming.receive([message]),
    );
    this.store.patch({ me });
    this.#sender.restore();
    this.#connection.dispatch({ type: 'start' });
    // A proxy may drop the WebSocket handshake silently: the lists are then loaded before the connection times out.
    this.clock.after(restFallbackMs, () => {
      if (!this.#stopped && this.store.state.conversationsLoad === 'none') void this.reload();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#connection.dispatch({ type: 'stop' });
    this.#polling.setActive(false);
    this.#uploads?.cancelAll();
  }

  setOnline(online: boolean): void {
    this.#connection.dispatch({ type: online ? 'online' : 'offline' });
  }

  onForegrounded(): void {
    this.#connection.dispatch({ type: 'foregrounded' });
  }

  /** `attentive`: the tab is visible and has the focus. */
  setAttentive(attentive: boolean): void {
    this.#readTracker.setAttentive(attentive);
  }

  isReading(conversationId: string): boolean {
    return this.#readTracker.isReading(conversationId);
  }

  show(screen: Partial<Screen>): void {
    this.store.update((state) => ({ ...state, screen: { ...state.screen, ...screen } }));
    this.#readTracker.markRead();
  }

  showTab(tab: Tab): void {
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
    const conversation = await this.findOrStart(personId);
    await this.open(conversation.id);
    return conversation;
  }

  /** The 1-to-1 conversation with that person. Creates it if there is none. */
  async findOrStart(personId: string): Promise<Conversation> {
    const known = [...this.store.state.conversations.values()].find(
      (one) => !one.is_group && one.participants.some((participant) => participant.id === personId),
    );
    if (known) return known;
    const conversation = await this.api.start(personId);
    this.#putConversation(conversation);
    return conversation;
  }

  async startGroup(personIds: string[], title: string): Promise<Conversation> {
    const conversation = await this.groups.start(personIds, title);
    await this.open(conversation.id);
    return conversation;
  }

  /** Sends the text with the uploaded files of the conversation, and clears the draft. */
  send(conversationId: string, content: string): void {
    const attachments = this.#uploads?.takeUploaded(conversationId) ?? [];
    this.#drafts?.saveDraft(conversationId, { content: '', attachments: [] });
    this.#sender?.send(conversationId, content, attachments);
    this.#typing.reset(conversationId);
  }

  retry(id: string): void {
    this.#sender?.retry(id);
  }

  discard(id: string): void {
    this.#sender?.discard(id);
  }

  typing(conversationId: string): void {
    this.#typing.send(conversationId);
  }

  async loadNewest(conversationId: string): Promise<void> {
    await this.#history.loadNewest(conversationId);
    this.#readTracker.markRead();
  }

  async loadOlder(conversationId: string): Promise<void> {
    await this.#history.loadOlder(conversationId);
  }

  /** Loads the lists and the open thread: at the start, after `resync`, and on "try again". */
  async reload(): Promise<void> {
    const shown = this.store.state.screen.conversationId;
    const thread = shown === null ? null : this.#history.catchUp(shown).catch(() => undefined);
    await Promise.all([this.#lists.reload(), thread]);
  }

  /** Stops the chat if the credentials are not those of its person: nothing of one person is shown or sent for another. */
  #isMine(mine: boolean): boolean {
    if (!mine && !this.#stopped) {
      this.stop();
      this.callbacks.onOtherPerson();
    }
    return mine;
  }

  #onStateChange(state: ConnectionState): void {
    const before = this.store.state.connection;
    this.store.patch({ connection: state });
    if (before.kind === 'live' && state.kind !== 'live') {
      this.api.session = null;
      this.#sender?.connectionLost();
    }
    this.#credentials.setConnected(state.kind === 'live');
    this.#polling.setActive(isPolling(state));
    if (state.kind !== 'live') return;
    this.#sender?.sendNext();
    if (before.kind !== 'live') this.#readTracker.reconnected();
  }

  async #poll(): Promise<void> {
    const { conversationId } = this.store.state.screen;
    let ok = true;
    try {
      await this.#lists.poll(this.clock.now());
      if (conversationId) await this.#history.catchUp(conversationId);
    } catch (error) {
      ok = false;
      if (error instanceof ApiError && error.status === 401) this.#connection.dispatch({ type: 'closed', code: 4401 });
    }
    this.#connection.dispatch({ type: 'polled', ok });
    if (ok) this.#sender?.sendNext();
  }

  #putConversation(conversation: Conversation): void {
    this.store.update((state) => putConversation(state, conversation));
  }

  #onAccepted(clientMessageIds: readonly string[]): void {
    for (const id of clientMessageIds) this.#sender?.dropQueued(id);
    this.#sender?.sendNext();
  }

  #announce(messages: readonly Message[]): void {
    for (const message of messages) this.callbacks.onMessage(message, message.sender_id === this.store.state.me?.id);
  }
}
