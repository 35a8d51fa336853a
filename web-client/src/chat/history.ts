import type { Api } from '../api/client.ts';
import type { Message } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { lay, withThread } from '../state/messages.ts';
import { emptyThread, type Thread } from '../state/model.ts';
import type { Store } from '../state/store.ts';

const pageSize = 50;
const catchUpSize = 200;
/** A conversation that was made a moment ago may not be known everywhere yet: asked again before it counts as failed. */
const againAfterMs = [700, 2_000];

export interface HistoryOutside {
  /** Messages that were not there before, newer than what was. */
  arrived(messages: readonly Message[]): void;
  /** Any messages that are now in the list. */
  laid(messages: readonly Message[]): void;
  failed(error: unknown): void;
}

/** Fetches what was said: the newest page, earlier ones, and what came after the last one we have. */
export class History {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly clock: Clock,
    private readonly outside: HistoryOutside,
  ) {}

  async newest(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    if (thread.load === 'loading' || thread.load === 'done') return;
    if (this.#isSilent(conversationId)) {
      this.#lay(conversationId, [], { load: 'done', older: 'none' });
      return;
    }
    this.store.update((state) => withThread(state, conversationId, { ...thread, load: 'loading' }));
    try {
      const messages = await this.#firstPage(conversationId);
      this.#lay(conversationId, messages, { load: 'done', older: isFirstPage(messages) ? 'none' : 'more' });
    } catch (error) {
      this.#lay(conversationId, [], { load: 'failed' });
      this.outside.failed(error);
    }
  }

  async older(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    const first = thread.messages[0];
    if (!first || (thread.older !== 'more' && thread.older !== 'failed')) return;
    this.#lay(conversationId, [], { older: 'loading' });
    try {
      const messages = await this.api.messages(conversationId, { before_id: first.id, limit: pageSize });
      this.#lay(conversationId, messages, { older: isFirstPage(messages) ? 'none' : 'more' });
    } catch (error) {
      this.#lay(conversationId, [], { older: 'failed' });
      this.outside.failed(error);
    }
  }

  /** Everything after the last message we have, page by page. Throws where the gateway does not answer. */
  async catchUp(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    let last = thread.messages.at(-1);
    if (thread.load !== 'done' || !last) {
      if (thread.load === 'done') this.#lay(conversationId, [], { load: 'none' });
      return this.newest(conversationId);
    }
    for (;;) {
      const page: Message[] = await this.api.messages(conversationId, { since_id: last.id, limit: catchUpSize });
      this.outside.arrived(page);
      last = page.at(-1);
      if (!last || page.length < catchUpSize) return;
    }
  }

  /** After `resync` no list can be trusted to be whole; the open one is caught up, the others are fetched when opened. */
  distrust(open: string | null): void {
    this.store.update((state) => {
      const threads = new Map(state.threads);
      for (const [id, thread] of threads) {
        if (id !== open) threads.set(id, { ...emptyThread, newAfter: thread.newAfter });
      }
      return { ...state, threads };
    });
  }

  /** Known to have no message yet: nothing to ask for. What comes, comes as an event. */
  #isSilent(conversationId: string): boolean {
    const conversation = this.store.state.conversations.get(conversationId);
    return conversation?.last_seq === 0 && conversation.unread_count === 0 && conversation.last_message === null;
  }

  async #firstPage(conversationId: string): Promise<Message[]> {
    for (const pause of againAfterMs) {
      try {
        return await this.api.messages(conversationId, { limit: pageSize });
      } catch {
        await new Promise<void>((resolve) => this.clock.after(pause, resolve));
      }
    }
    return this.api.messages(conversationId, { limit: pageSize });
  }

  #thread(conversationId: string): Thread {
    return this.store.state.threads.get(conversationId) ?? emptyThread;
  }

  #lay(conversationId: string, messages: readonly Message[], part: Partial<Thread>): void {
    this.store.update((state) => lay(state, conversationId, messages, part));
    this.outside.laid(messages);
  }
}

function isFirstPage(messages: readonly Message[]): boolean {
  return messages.length < pageSize || messages[0]?.seq === 1;
}
