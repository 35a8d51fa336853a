import { ApiError, type Api } from '../api/client.ts';
import { renewalIn, tokenEnd } from '../api/token.ts';
import type { Conversation, Message, NotificationFrame, Participant, ServerFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { Connection, openSocket } from '../connection/connection.ts';
import { isPolling, type Life } from '../connection/life.ts';
import { applyPresence, dropConversation, putConversation, replaceConversations, replacePeople } from '../state/conversations.ts';
import { Keep, type Shelf } from '../state/keep.ts';
import { applyMyReading, land, lay, withThread } from '../state/messages.ts';
import { emptyThread, startState, type Screen, type Tab } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { applyFrame } from './frames.ts';
import { Sender } from './sender.ts';
import { Uploads } from './uploads.ts';

export interface ChatEvents {
  message(message: Message, mine: boolean): void;
  notification(frame: NotificationFrame): void;
  failed(error: unknown): void;
}

const pageSize = 50;
const conversationsEveryMs = 5_000;
const peopleEveryMs = 10_000;
const typingEveryMs = 2_000;
const patienceMs = 1_500;

/** One person's chat on one page: the state, the connection that feeds it, and what can be done to it. */
export class Chat {
  readonly store = new Store(startState);
  readonly #connection: Connection;
  #sender: Sender | null = null;
  #keep: Keep | null = null;
  #uploads: Uploads | null = null;
  #stopPolling: (() => void) | null = null;
  #cancelRenewal: (() => void) | null = null;
  #peoplePolledAt = 0;
  #typedAt = new Map<string, number>();
  #attentive = false;
  #generation = 0;

  constructor(
    readonly api: Api,
    private readonly clock: Clock,
    private readonly shelf: Shelf | null,
    private readonly events: ChatEvents,
  ) {
    this.#connection = new Connection(
      {
        open: async (lastEventId) => openSocket(api.base, lastEventId, await api.token(false)),
        renew: () => this.#renew(),
        heard: (frame, fresh) => this.#hear(frame, fresh),
        changed: (life) => this.#changed(life),
      },
      clock,
    );
  }

  get keep(): Keep | null {
    return this.#keep;
  }

  get uploads(): Uploads | null {
    return this.#uploads;
  }

  /** Finds out who we are and connects. Throws `ApiError` where the gateway does not let us in. */
  async start(): Promise<void> {
    const generation = ++this.#generation;
    const me = await this.api.me();
    if (generation !== this.#generation) return;
    this.#keep = new Keep(this.shelf, this.api.base, me.tenant, me.id);
    this.#sender = new Sender(this.store, this.#connection, this.api, this.#keep, this.clock, (message) =>
      this.arrived(message),
    );
    this.#uploads = new Uploads(this.store, this.api, this.#keep);
    this.store.patch({ me });
    this.#sender.restore();
    this.#connection.happen({ what: 'start' });
    // Where something swallows sockets in silence, nobody is to look at an empty list until it is found out.
    this.clock.after(patienceMs, () => {
      if (generation === this.#generation && this.store.state.conversationsLoad === 'none') void this.reload();
    });
  }

  stop(): void {
    this.#generation++;
    this.#connection.happen({ what: 'stop' });
    this.#connection.forget();
    this.#stopPolling?.();
  }

  online(is: boolean): void {
    this.#connection.happen({ what: is ? 'online' : 'offline' });
  }

  woken(): void {
    this.#connection.happen({ what: 'woken' });
  }

  /** Whether somebody is looking: the tab visible and focused. Only then is anything read. */
  attend(attentive: boolean): void {
    this.#attentive = attentive;
    if (attentive) this.#readOpen();
  }

  isReading(conversationId: string): boolean {
    const { open, wide, tab, conversationId: shown } = this.store.state.screen;
    return this.#attentive && open && (wide || tab === 'chat') && shown === conversationId;
  }

  show(screen: Partial<Screen>): void {
    this.store.update((state) => ({ ...state, screen: { ...state.screen, ...screen } }));
    this.#readOpen();
  }

  tab(tab: Tab): void {
    this.show({ tab });
  }

  async open(conversationId: string): Promise<void> {
    const { conversations, threads } = this.store.state;
    const conversation = conversations.get(conversationId);
    const newAfter = conversation?.unread_count ? (conversation.last_read_seq ?? 0) : null;
    const thread = threads.get(conversationId) ?? emptyThread;
    this.store.update((state) => withThread(state, conversationId, { ...thread, newAfter }));
    const { wide, tab } = this.store.state.screen;
    this.show({ conversationId, tab: wide && tab !== 'chat' ? tab : 'chat' });
    if (!conversation) await this.refreshConversation(conversationId);
    await this.loadNewest(conversationId);
  }

  async startWith(personId: string): Promise<Conversation> {
    const known = [...this.store.state.conversations.values()].find(
      (one) => !one.is_group && one.participants.some((participant) => participant.id === personId),
    );
    const conversation = known ?? (await this.api.start(personId));
    if (!known) this.store.update((state) => putConversation(state, conversation));
    await this.open(conversation.id);
    return conversation;
  }

  async startGroup(personIds: string[], title: string): Promise<Conversation> {
    const conversation = await this.api.startGroup(personIds, title);
    this.store.update((state) => putConversation(state, conversation));
    await this.open(conversation.id);
    return conversation;
  }

  async addPeople(id: string, personIds: string[]): Promise<void> {
    const conversation = await this.api.addParticipants(id, personIds);
    this.store.update((state) => putConversation(state, conversation));
  }

  async removePerson(id: string, personId: string): Promise<void> {
    const conversation = await this.api.removeParticipant(id, personId);
    const gone = conversation === null || personId === this.store.state.me?.id;
    this.store.update((state) => (gone ? dropConversation(state, id) : putConversation(state, conversation)));
  }

  async rename(id: string, title: string): Promise<void> {
    const conversation = await this.api.rename(id, title);
    this.store.update((state) => putConversation(state, conversation));
  }

  async setRole(id: string, personId: string, role: 'owner' | 'admin' | 'member'): Promise<void> {
    await this.api.setRole(id, personId, role);
    await this.refreshConversation(id);
  }

  /** Everybody in a group, page by page. */
  async members(id: string): Promise<Participant[]> {
    const members: Participant[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.api.participants(id, cursor);
      members.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return members;
  }

  async change(id: string, what: 'archive' | 'unarchive' | 'mute' | 'unmute'): Promise<void> {
    await this.api.change(id, what);
    await this.refreshConversation(id);
  }

  /** Sends that text with the files that have arrived; both leave the draft. */
  send(conversationId: string, content: string): void {
    const attachments = this.#uploads?.take(conversationId) ?? [];
    this.#keep?.keepDraft(conversationId, { content: '', attachments: [] });
    this.#sender?.send(conversationId, content, attachments);
    this.#typedAt.delete(conversationId);
  }

  retry(id: string): void {
    this.#sender?.retry(id);
  }

  discard(id: string): void {
    this.#sender?.discard(id);
  }

  typing(conversationId: string): void {
    const now = this.clock.now();
    if (now - (this.#typedAt.get(conversationId) ?? 0) < typingEveryMs) return;
    this.#typedAt.set(conversationId, now);
    if (this.#connection.say({ type: 'typing', conversation_id: conversationId })) return;
    if (isPolling(this.#connection.life)) void this.api.typing(conversationId).catch(() => undefined);
  }

  async loadNewest(conversationId: string): Promise<void> {
    const thread = this.store.state.threads.get(conversationId) ?? emptyThread;
    if (thread.load === 'loading') return;
    if (thread.load === 'done') return this.#readOpen();
    this.store.update((state) => withThread(state, conversationId, { ...thread, load: 'loading' }));
    try {
      const messages = await this.api.messages(conversationId, { limit: pageSize });
      const older = messages.length < pageSize || messages[0]?.seq === 1 ? ('none' as const) : ('more' as const);
      this.#laid(conversationId, messages, { load: 'done', older });
    } catch (error) {
      this.#part(conversationId, { load: 'failed' });
      this.#complain(error);
    }
  }

  async loadOlder(conversationId: string): Promise<void> {
    const thread = this.store.state.threads.get(conversationId);
    const first = thread?.messages[0];
    if (!thread || !first || (thread.older !== 'more' && thread.older !== 'failed')) return;
    this.#part(conversationId, { older: 'loading' });
    try {
      const messages = await this.api.messages(conversationId, { before_id: first.id, limit: pageSize });
      const more = messages.length === pageSize && messages[0]?.seq !== 1;
      this.#laid(conversationId, messages, { older: more ? 'more' : 'none' });
    } catch (error) {
      this.#part(conversationId, { older: 'failed' });
      this.#complain(error);
    }
  }

  async refreshConversation(id: string): Promise<void> {
    try {
      const conversation = await this.api.conversation(id);
      this.store.update((state) => putConversation(state, conversation));
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 403)) {
        this.store.update((state) => dropConversation(state, id));
      } else {
        this.#complain(error);
      }
    }
  }

  /** Everything anew: at the start, after `resync`, and whenever somebody presses "try again". */
  async reload(): Promise<void> {
    const shown = this.store.state.screen.conversationId;
    this.store.update((state) => ({
      ...state,
      conversationsLoad: state.conversationsLoad === 'done' ? 'done' : 'loading',
      peopleLoad: state.peopleLoad === 'done' ? 'done' : 'loading',
    }));
    await Promise.all([this.#loadConversations(), this.#loadPeople(), shown ? this.#inBackground(this.#catchUp(shown)) : null]);
  }

  /** Messages, by whichever road: each once in the list, each once announced. */
  arrived(...messages: Message[]): void {
    const before = this.store.state;
    const me = before.me?.id;
    const gaps = new Set<string>();
    const news: Message[] = [];
    let next = before;
    for (const message of messages) {
      const { state, gap, isNew } = land(next, message, this.isReading(message.conversation));
      next = state;
      if (gap) gaps.add(message.conversation);
      if (isNew) news.push(message);
    }
    this.store.update(() => next);
    this.#settled(messages);
    for (const id of gaps) void this.#inBackground(this.#catchUp(id));
    for (const id of new Set(messages.map((message) => message.conversation))) {
      if (!before.conversations.has(id)) void this.refreshConversation(id);
    }
    for (const message of news) this.events.message(message, message.sender_id === me);
    this.#readOpen();
  }

  #settled(messages: readonly Message[]): void {
    const mine = messages.filter((one) => one.client_message_id && one.sender_id === this.store.state.me?.id);
    for (const message of mine) this.#sender?.forget(message.client_message_id!);
    if (mine.length > 0) this.#sender?.advance();
  }

  #hear(frame: ServerFrame | NotificationFrame, fresh: boolean): void {
    switch (frame.type) {
      case 'connected':
        this.api.session = frame.session_id ?? null;
        if (fresh) void this.reload();
        this.#sender?.advance();
        return;
      case 'resync':
        this.#stale();
        void this.reload();
        return;
      case 'message_created':
      case 'ack':
        this.arrived(frame.message);
        return;
      case 'error':
        this.#sender?.refused(frame);
        return;
      case 'presence':
        this.store.update((state) => applyPresence(state, frame.user_id, frame.is_online, frame.last_seen ?? null));
        if (!this.store.state.people.has(frame.user_id)) void this.#loadPeople();
        return;
      case 'typing':
        this.#typist(frame.conversation_id, frame.user_id, frame.user_name);
        return;
      case 'pong':
        return;
      default:
        if (isNotification(frame)) this.events.notification(frame);
        else {
          const { state, refresh } = applyFrame(this.store.state, frame);
          this.store.update(() => state);
          for (const id of refresh) void this.refreshConversation(id);
        }
    }
  }

  #typist(conversationId: string, userId: string, name: string): void {
    const until = this.clock.now() + 5_000;
    this.store.update((state) => {
      const typists = new Map(state.typing.get(conversationId)).set(userId, { name, until });
      return { ...state, typing: new Map(state.typing).set(conversationId, typists) };
    });
    this.clock.after(5_000, () => {
      this.store.update((state) => {
        const typists = state.typing.get(conversationId);
        if (!typists) return state;
        const left = new Map([...typists].filter(([, typist]) => typist.until > this.clock.now()));
        return left.size === typists.size ? state : { ...state, typing: new Map(state.typing).set(conversationId, left) };
      });
    });
  }

  #changed(life: Life): void {
    const before = this.store.state.life;
    this.store.patch({ life });
    if (before.is === 'live' && life.is !== 'live') {
      this.api.session = null;
      this.#sender?.lost();
    }
    if (isPolling(life)) this.#startPolling();
    else this.#stopPolling?.();
    if (before.is !== 'live' && life.is === 'live') void this.#planRenewal();
    if (life.is !== 'live') this.#cancelRenewal?.();
    if (life.is === 'live') this.#sender?.advance();
  }

  #startPolling(): void {
    if (this.#stopPolling) return;
    let cancel = (): void => undefined;
    let stopped = false;
    const round = async (): Promise<void> => {
      const ok = await this.#poll();
      if (stopped) return;
      this.#connection.happen({ what: 'polled', ok });
      if (ok) this.#sender?.advance();
      if (!stopped) cancel = this.clock.after(conversationsEveryMs, () => void round());
    };
    this.#stopPolling = () => {
      stopped = true;
      cancel();
      this.#stopPolling = null;
    };
    void round();
  }

  async #poll(): Promise<boolean> {
    const { screen } = this.store.state;
    const now = this.clock.now();
    try {
      await this.#fetchConversations();
      if (screen.conversationId) await this.#catchUp(screen.conversationId);
      if (now - this.#peoplePolledAt >= peopleEveryMs) {
        this.#peoplePolledAt = now;
        await this.#loadPeople();
      }
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.#connection.happen({ what: 'closed', code: 4401 });
      return false;
    }
  }

  async #loadConversations(): Promise<void> {
    try {
      await this.#fetchConversations();
    } catch (error) {
      this.store.update((state) => ({
        ...state,
        conversationsLoad: state.conversationsLoad === 'done' ? 'done' : 'failed',
      }));
      this.#complain(error);
    }
  }

  async #fetchConversations(): Promise<void> {
    const before = this.store.state;
    const list = await this.api.conversations();
    this.store.update((state) => replaceConversations(state, list));
    if (before.conversationsLoad !== 'done') return;
    for (const { last_message: message } of list) {
      const known = message && before.conversations.get(message.conversation);
      if (message && (known?.last_seq ?? 0) < message.seq && before.threads.get(message.conversation)?.load !== 'done') {
        this.events.message(message, message.sender_id === before.me?.id);
      }
    }
  }

  async #loadPeople(): Promise<void> {
    try {
      const people = await this.api.people();
      this.store.update((state) => replacePeople(state, people));
    } catch (error) {
      this.store.update((state) => ({ ...state, peopleLoad: state.peopleLoad === 'done' ? 'done' : 'failed' }));
      this.#complain(error);
    }
  }

  /** What came after the last message we have, page by page. */
  async #catchUp(conversationId: string): Promise<void> {
    const thread = this.store.state.threads.get(conversationId);
    if (thread?.load !== 'done') return this.loadNewest(conversationId);
    const last = thread.messages.at(-1);
    if (!last) {
      this.#part(conversationId, { load: 'none' });
      return this.loadNewest(conversationId);
    }
    let since = last.id;
    for (;;) {
      const page = await this.api.messages(conversationId, { since_id: since, limit: 200 });
      this.arrived(...page);
      const end = page.at(-1);
      if (!end || page.length < 200) return;
      since = end.id;
    }
  }

  /** After `resync` no thread can be trusted to be whole. */
  #stale(): void {
    this.store.update((state) => {
      const threads = new Map(state.threads);
      for (const [id, thread] of threads) {
        if (id !== state.screen.conversationId) threads.set(id, { ...emptyThread, newAfter: thread.newAfter });
      }
      return { ...state, threads };
    });
  }

  #laid(conversationId: string, messages: readonly Message[], part: Parameters<typeof lay>[3]): void {
    this.store.update((state) => lay(state, conversationId, messages, part));
    this.#settled(messages);
    this.#readOpen();
  }

  #part(conversationId: string, part: Parameters<typeof lay>[3]): void {
    this.store.update((state) => lay(state, conversationId, [], part));
  }

  #readOpen(): void {
    const { conversationId } = this.store.state.screen;
    if (!conversationId || !this.isReading(conversationId)) return;
    const last = this.store.state.threads.get(conversationId)?.messages.at(-1);
    const conversation = this.store.state.conversations.get(conversationId);
    if (!last || !conversation || last.seq <= (conversation.last_read_seq ?? 0)) return;
    this.store.update((state) => applyMyReading(state, conversationId, last.seq));
    if (last.sender_id === this.store.state.me?.id && !conversation.unread_count) return;
    const frame = { type: 'mark_read', conversation_id: conversationId, up_to: last.id } as const;
    if (!this.#connection.say(frame)) void this.api.markRead(conversationId, last.id).catch(() => undefined);
  }

  /** A socket lives as long as its token: the next one is handed over before that. */
  async #planRenewal(): Promise<void> {
    const token = await this.api.token(false).catch(() => null);
    const end = token === null ? null : tokenEnd(token);
    if (end === null) return;
    this.#cancelRenewal?.();
    this.#cancelRenewal = this.clock.after(renewalIn(end, this.clock.now()), () => void this.#handOver());
  }

  async #handOver(): Promise<void> {
    const token = await this.api.token(true).catch(() => null);
    if (token !== null) this.#connection.say({ type: 'auth', token });
    await this.#planRenewal();
  }

  async #renew(): Promise<'fresh' | 'unreachable' | 'refused'> {
    try {
      await this.api.token(true);
      await this.api.me();
      return 'fresh';
    } catch (error) {
      return error instanceof ApiError && (error.status === 401 || error.status === 403) ? 'refused' : 'unreachable';
    }
  }

  async #inBackground(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error: unknown): void {
    this.events.failed(error);
  }
}

function isNotification(frame: { type: string }): frame is NotificationFrame {
  return frame.type.startsWith('notification_');
}
