import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Message, ServerPresenceFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { dropConversation, putConversation, replaceConversations } from '../state/conversations.ts';
import type { ChatState, Load } from '../state/model.ts';
import { applyPresence, replacePeople } from '../state/people.ts';
import type { Store } from '../state/store.ts';

const peoplePollIntervalMs = 10_000;
/** A list without counts is loaded again soon: right after its start message-service answers within a second or two. */
const degradedRetriesMs = [500, 1_500, 4_000, 10_000];
/** So many lists in a row must be without counts before the person is told. */
const degradedBeforeShown = 3;

/** Loads the conversations and the people, and single conversations after frames that carry too little. */
export class ListLoader {
  #peoplePolledAt = 0;
  #peopleRequest: Promise<void> | null = null;
  /** The presence frames since the request for the people. Its answer may be older than they are. */
  #presences: ServerPresenceFrame[] = [];
  readonly #refreshes = new Map<string, Promise<void>>();
  readonly #staleRefreshes = new Set<string>();
  #degradedInARow = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly clock: Clock,
    private readonly announce: (messages: readonly Message[]) => void,
  ) {}

  async reload(): Promise<void> {
    this.store.update((state) => ({
      ...state,
      conversationsLoad: unlessDone(state.conversationsLoad, 'loading'),
      peopleLoad: unlessDone(state.peopleLoad, 'loading'),
    }));
    await Promise.all([this.#reloadConversations(), this.reloadPeople()]);
  }

  /** Single-flight: concurrent calls share one request. */
  reloadPeople(): Promise<void> {
    this.#peopleRequest ??= this.#fetchPeople().finally(() => (this.#peopleRequest = null));
    return this.#peopleRequest;
  }

  async #fetchPeople(): Promise<void> {
    this.#presences = [];
    try {
      const people = await this.api.people();
      this.store.update((state) => this.#presences.reduce(withPresence, replacePeople(state, people)));
    } catch {
      this.store.update((state) => ({ ...state, peopleLoad: unlessDone(state.peopleLoad, 'failed') }));
    }
  }

  /** Applies a presence frame. Loads the people if the person is not known. */
  receivePresence(frame: ServerPresenceFrame): void {
    if (this.#peopleRequest) this.#presences.push(frame);
    this.store.update((state) => withPresence(state, frame));
    if (this.store.state.people.has(frame.user_id)) return;
    // A request that was sent before the person was added returns a list without them.
    const pending = this.#peopleRequest ?? Promise.resolve();
    void pending.then(() => (this.store.state.people.has(frame.user_id) ? undefined : this.reloadPeople()));
  }

  /** One polling round. Throws if the gateway does not answer. */
  async poll(now: number): Promise<void> {
    await this.#fetchConversations();
    if (now - this.#peoplePolledAt < peoplePollIntervalMs) return;
    this.#peoplePolledAt = now;
    await this.reloadPeople();
  }

  /**
   * Loads one conversation, or drops it if this person is no longer in it. A call during a request for the same
   * conversation waits for one more request, because the answer of the first one may be older than the change.
   */
  refresh(id: string): Promise<void> {
    const running = this.#refreshes.get(id);
    if (running) {
      this.#staleRefreshes.add(id);
      return running;
    }
    const request = this.#refreshUntilFresh(id).finally(() => this.#refreshes.delete(id));
    this.#refreshes.set(id, request);
    return request;
  }

  async #refreshUntilFresh(id: string): Promise<void> {
    do {
      this.#staleRefreshes.delete(id);
      await this.#fetchConversation(id);
    } while (this.#staleRefreshes.has(id));
  }

  async #fetchConversation(id: string): Promise<void> {
    try {
      const conversation = await this.api.conversation(id);
      this.store.update((state) => putConversation(state, conversation));
    } catch (error) {
      const gone = error instanceof ApiError && (error.status === 404 || error.status === 403);
      if (gone) this.store.update((state) => dropConversation(state, id));
    }
  }

  async #reloadConversations(): Promise<void> {
    try {
      await this.#fetchConversations();
    } catch {
      this.store.update((state) => ({ ...state, conversationsLoad: unlessDone(state.conversationsLoad, 'failed') }));
    }
  }

  /** Announces new last messages, except of the open thread: its messages are announced when it catches up. */
  async #fetchConversations(): Promise<void> {
    const before = this.store.state;
    const list = await this.api.conversations();
    const degraded = list.some((one) => one.unread_count === null);
    this.#degradedInARow = degraded ? this.#degradedInARow + 1 : 0;
    const shown = this.#degradedInARow >= degradedBeforeShown;
    this.store.update((state) => replaceConversations(state, list, before, shown));
    this.#retryIfDegraded();
    if (before.conversationsLoad !== 'done') return;
    const added = list.flatMap(({ id, last_message: message }) => {
      const knownSeq = before.conversations.get(id)?.last_seq ?? 0;
      const catchesUp = before.threads.get(id)?.load === 'done' && before.screen.conversationId === id;
      return message && message.seq > knownSeq && !catchesUp ? [message] : [];
    });
    this.announce(added);
  }

  #retryIfDegraded(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (this.#degradedInARow === 0) return;
    const delay = degradedRetriesMs[this.#degradedInARow - 1] ?? degradedRetriesMs.at(-1) ?? 0;
    this.#cancelRetry = this.clock.after(delay, () => void this.#reloadConversations());
  }
}

function withPresence(state: ChatState, frame: ServerPresenceFrame): ChatState {
  return applyPresence(state, frame.user_id, frame.is_online, frame.last_seen ?? null);
}

/** A list that was loaded once stays usable while it is loaded again. */
function unlessDone(load: Load, next: Load): Load {
  return load === 'done' ? 'done' : next;
}
