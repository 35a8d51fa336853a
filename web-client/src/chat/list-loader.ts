import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Message } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { dropConversation, putConversation, replaceConversations } from '../state/conversations.ts';
import type { Load } from '../state/model.ts';
import { replacePeople } from '../state/people.ts';
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
    try {
      const people = await this.api.people();
      this.store.update((state) => replacePeople(state, people));
    } catch {
      this.store.update((state) => ({ ...state, peopleLoad: unlessDone(state.peopleLoad, 'failed') }));
    }
  }

  /** One polling round. Throws if the gateway does not answer. */
  async poll(now: number): Promise<void> {
    await this.#fetchConversations();
    if (now - this.#peoplePolledAt < peoplePollIntervalMs) return;
    this.#peoplePolledAt = now;
    await this.reloadPeople();
  }

  /** Loads one conversation, or drops it if this person is no longer in it. */
  async refresh(id: string): Promise<void> {
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
    this.store.update((state) => replaceConversations(state, list, shown));
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

/** A list that was loaded once stays usable while it is loaded again. */
function unlessDone(load: Load, next: Load): Load {
  return load === 'done' ? 'done' : next;
}
