import type { Api } from '../api/client.ts';
import type { Message } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { mergePage, withThread } from '../state/messages.ts';
import { emptyThread, type Thread } from '../state/model.ts';
import type { Store } from '../state/store.ts';

const pageSize = 50;
const catchUpSize = 200;
/** A service may not know a conversation yet that was created a moment ago: the first page is requested again. */
const retryDelaysMs = [700, 2_000];

export interface HistoryCallbacks {
  /** Messages that are newer than the loaded ones. */
  onNewMessages(messages: readonly Message[]): void;
  /** A page was merged into the state. */
  onPage(messages: readonly Message[]): void;
}

/** Loads the messages of a conversation: the newest page, older pages, and the messages after the last loaded one. */
export class History {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly clock: Clock,
    private readonly callbacks: HistoryCallbacks,
  ) {}

  /** Loads the newest page, unless it is loaded or being loaded. A failure is recorded in the thread. */
  async loadNewest(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    if (thread.load === 'loading' || thread.load === 'done') return;
    if (this.#isEmpty(conversationId)) {
      this.#mergePage(conversationId, [], { load: 'done', older: 'none' });
      return;
    }
    this.store.update((state) => withThread(state, conversationId, { ...thread, load: 'loading' }));
    try {
      const messages = await this.#fetchFirstPage(conversationId);
      this.#mergePage(conversationId, messages, { load: 'done', older: reachesStart(messages) ? 'none' : 'more' });
    } catch {
      this.#mergePage(conversationId, [], { load: 'failed' });
    }
  }

  /** Loads the page before the oldest loaded message. A failure is recorded in the thread. */
  async loadOlder(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    const first = thread.messages[0];
    if (!first || (thread.older !== 'more' && thread.older !== 'failed')) return;
    this.#mergePage(conversationId, [], { older: 'loading' });
    try {
      const messages = await this.api.messages(conversationId, { before_id: first.id, limit: pageSize });
      this.#mergePage(conversationId, messages, { older: reachesStart(messages) ? 'none' : 'more' });
    } catch {
      this.#mergePage(conversationId, [], { older: 'failed' });
    }
  }

  /** Loads all messages after the last loaded one, page by page. Throws if the gateway does not answer. */
  async catchUp(conversationId: string): Promise<void> {
    const thread = this.#thread(conversationId);
    let last = thread.messages.at(-1);
    if (thread.load !== 'done' || !last) {
      if (thread.load === 'done') this.#mergePage(conversationId, [], { load: 'none' });
      return this.loadNewest(conversationId);
    }
    for (;;) {
      const page: Message[] = await this.api.messages(conversationId, { since_id: last.id, limit: catchUpSize });
      this.callbacks.onNewMessages(page);
      last = page.at(-1);
      if (!last || page.length < catchUpSize) return;
    }
  }

  /** After `resync` any thread may have gaps. The open one catches up; the others are loaded when they are opened. */
  invalidate(openConversationId: string | null): void {
    this.store.update((state) => {
      const threads = new Map(state.threads);
      for (const [id, thread] of threads) {
        if (id !== openConversationId) threads.set(id, { ...emptyThread, newAfter: thread.newAfter });
      }
      return { ...state, threads };
    });
  }

  /** Whether the conversation is known to have no messages, so that no request is needed. */
  #isEmpty(conversationId: string): boolean {
    const conversation = this.store.state.conversations.get(conversationId);
    return conversation?.last_seq === 0 && conversation.unread_count === 0 && conversation.last_message === null;
  }

  async #fetchFirstPage(conversationId: string): Promise<Message[]> {
    for (const delay of retryDelaysMs) {
      try {
        return await this.api.messages(conversationId, { limit: pageSize });
      } catch {
        await new Promise<void>((resolve) => this.clock.after(delay, resolve));
      }
    }
    return this.api.messages(conversationId, { limit: pageSize });
  }

  #thread(conversationId: string): Thread {
    return this.store.state.threads.get(conversationId) ?? emptyThread;
  }

  #mergePage(conversationId: string, messages: readonly Message[], fields: Partial<Thread>): void {
    this.store.update((state) => mergePage(state, conversationId, messages, fields));
    this.callbacks.onPage(messages);
  }
}

function reachesStart(messages: readonly Message[]): boolean {
  return messages.length < pageSize || messages[0]?.seq === 1;
}
