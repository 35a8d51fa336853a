import type { Message } from '../api/wire.ts';
import { applyMessage } from '../state/messages.ts';
import type { Store } from '../state/store.ts';

export interface IncomingCallbacks {
  isReading(conversationId: string): boolean;
  announce(messages: readonly Message[]): void;
  /** Messages between the loaded ones and the one that arrived are missing. */
  onGap(conversationId: string): void;
  /** A message arrived for a conversation that is not in the list. */
  onUnknownConversation(conversationId: string): void;
  /** A message arrived for a thread that could not be loaded; loading may work now. */
  onFailedThread(conversationId: string): void;
  /** The gateway has stored these messages of this person. */
  onAccepted(clientMessageIds: readonly string[]): void;
  /** Messages were added to the state; the read position may advance. */
  onAdded(): void;
}

/** Applies incoming messages to the state and announces each new message once, however often it arrives. */
export class IncomingMessages {
  constructor(
    private readonly store: Store,
    private readonly callbacks: IncomingCallbacks,
  ) {}

  receive(messages: readonly Message[]): void {
    const before = this.store.state;
    const gaps = new Set<string>();
    const added: Message[] = [];
    let next = before;
    for (const message of messages) {
      const applied = applyMessage(next, message, this.callbacks.isReading(message.conversation));
      next = applied.state;
      if (applied.gap) gaps.add(message.conversation);
      if (applied.isNew) added.push(message);
    }
    this.store.update(() => next);
    this.#reportAccepted(messages);
    for (const id of gaps) this.callbacks.onGap(id);
    for (const id of new Set(messages.map((message) => message.conversation))) {
      if (!before.conversations.has(id)) this.callbacks.onUnknownConversation(id);
      if (before.threads.get(id)?.load === 'failed') this.callbacks.onFailedThread(id);
    }
    this.callbacks.announce(added);
    this.callbacks.onAdded();
  }

  /** Must be called after a page of history was merged into the state. */
  pageMerged(messages: readonly Message[]): void {
    this.#reportAccepted(messages);
    this.callbacks.onAdded();
  }

  #reportAccepted(messages: readonly Message[]): void {
    const me = this.store.state.me?.id;
    const ids = messages.flatMap(({ client_message_id: id, sender_id: sender }) => (id && sender === me ? [id] : []));
    if (ids.length > 0) this.callbacks.onAccepted(ids);
  }
}
