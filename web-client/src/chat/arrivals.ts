import type { Message } from '../api/wire.ts';
import { land } from '../state/messages.ts';
import type { Store } from '../state/store.ts';

export interface ArrivalsOutside {
  isReading(conversationId: string): boolean;
  announce(messages: readonly Message[]): void;
  /** Between what is loaded and what arrived something is missing. */
  gap(conversationId: string): void;
  /** Something was said in a conversation that is not in the list. */
  unknown(conversationId: string): void;
  /** Something was said where loading had failed: it may work again. */
  revived(conversationId: string): void;
  /** The gateway has these messages of mine. */
  accepted(clientMessageIds: readonly string[]): void;
  /** The list holds more than before, which may have been read with that. */
  grown(): void;
}

/** Takes messages in, by whichever road they come: each once in the list, each once announced. */
export class Arrivals {
  constructor(
    private readonly store: Store,
    private readonly outside: ArrivalsOutside,
  ) {}

  arrived(messages: readonly Message[]): void {
    const before = this.store.state;
    const gaps = new Set<string>();
    const news: Message[] = [];
    let next = before;
    for (const message of messages) {
      const landing = land(next, message, this.outside.isReading(message.conversation));
      next = landing.state;
      if (landing.gap) gaps.add(message.conversation);
      if (landing.isNew) news.push(message);
    }
    this.store.update(() => next);
    this.#settle(messages);
    for (const id of gaps) this.outside.gap(id);
    for (const id of new Set(messages.map((message) => message.conversation))) {
      if (!before.conversations.has(id)) this.outside.unknown(id);
      if (before.threads.get(id)?.load === 'failed') this.outside.revived(id);
    }
    this.outside.announce(news);
    this.outside.grown();
  }

  /** Messages that are in the list already, put there page by page. */
  laid(messages: readonly Message[]): void {
    this.#settle(messages);
    this.outside.grown();
  }

  /** What the gateway has is no longer ours to send. */
  #settle(messages: readonly Message[]): void {
    const me = this.store.state.me?.id;
    const mine = messages.flatMap((one) =>
      one.client_message_id && one.sender_id === me ? [one.client_message_id] : [],
    );
    if (mine.length > 0) this.outside.accepted(mine);
  }
}
