import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Message } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { dropConversation, putConversation, replaceConversations } from '../state/conversations.ts';
import type { Load } from '../state/model.ts';
import { replacePeople } from '../state/people.ts';
import type { Store } from '../state/store.ts';

const peopleEveryMs = 10_000;
const degradedForMs = 10_000;

/** Fetches the two lists, of conversations and of people, and single conversations of which a frame said too little. */
export class Lists {
  #peoplePolledAt = 0;
  #people: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly clock: Clock,
    private readonly announce: (messages: readonly Message[]) => void,
  ) {}

  async reload(): Promise<void> {
    this.store.update((state) => ({
      ...state,
      conversationsLoad: begun(state.conversationsLoad),
      peopleLoad: begun(state.peopleLoad),
    }));
    await Promise.all([this.#reloadConversations(), this.reloadPeople()]);
  }

  /** Several reasons at once are one request. */
  reloadPeople(): Promise<void> {
    this.#people ??= this.#fetchPeople().finally(() => (this.#people = null));
    return this.#people;
  }

  async #fetchPeople(): Promise<void> {
    try {
      const people = await this.api.people();
      this.store.update((state) => replacePeople(state, people));
    } catch {
      this.store.update((state) => ({ ...state, peopleLoad: failed(state.peopleLoad) }));
    }
  }

  /** What is new since the last round. Throws where the gateway does not answer. */
  async poll(now: number): Promise<void> {
    await this.#fetchConversations();
    if (now - this.#peoplePolledAt < peopleEveryMs) return;
    this.#peoplePolledAt = now;
    await this.reloadPeople();
  }

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
      this.store.update((state) => ({ ...state, conversationsLoad: failed(state.conversationsLoad) }));
    }
  }

  /** What the list shows to be new is announced, unless the thread is loaded: then it arrives there. */
  async #fetchConversations(): Promise<void> {
    const before = this.store.state;
    const list = await this.api.conversations();
    this.store.update((state) => replaceConversations(state, list));
    if (this.store.state.degraded) this.clock.after(degradedForMs, () => void this.#reloadConversations());
    if (before.conversationsLoad !== 'done') return;
    const news = list.flatMap(({ id, last_message: message }) => {
      const known = before.conversations.get(id)?.last_seq ?? 0;
      const arrives = before.threads.get(id)?.load === 'done' && before.screen.conversationId === id;
      return message && message.seq > known && !arrives ? [message] : [];
    });
    this.announce(news);
  }
}

function begun(load: Load): Load {
  return load === 'done' ? 'done' : 'loading';
}

function failed(load: Load): Load {
  return load === 'done' ? 'done' : 'failed';
}
