import type { Api } from '../api/client.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import { isPolling } from '../connection/connection-state.ts';
import { withEntry, type Typist } from '../state/model.ts';
import type { Store } from '../state/store.ts';

const sendIntervalMs = 2_000;
const shownMs = 5_000;

/** Sends typing signals, at most one every two seconds, and shows those of others for five seconds. */
export class TypingSignals {
  readonly #sentAt = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
    private readonly clock: Clock,
  ) {}

  send(conversationId: string): void {
    const now = this.clock.now();
    if (now - (this.#sentAt.get(conversationId) ?? -sendIntervalMs) < sendIntervalMs) return;
    this.#sentAt.set(conversationId, now);
    if (this.connection.send({ type: 'typing', conversation_id: conversationId })) return;
    if (isPolling(this.connection.state)) void this.api.typing(conversationId).catch(() => undefined);
  }

  /** The message was sent: the next key press sends a signal without delay. */
  reset(conversationId: string): void {
    this.#sentAt.delete(conversationId);
  }

  receive(conversationId: string, userId: string, name: string): void {
    const until = this.clock.now() + shownMs;
    this.store.update((state) => {
      const typists = state.typing.get(conversationId) ?? new Map<string, Typist>();
      return {
        ...state,
        typing: withEntry(state.typing, conversationId, withEntry(typists, userId, { name, until })),
      };
    });
    this.clock.after(shownMs, () => this.#expire(conversationId));
  }

  #expire(conversationId: string): void {
    this.store.update((state) => {
      const typists = state.typing.get(conversationId);
      if (!typists) return state;
      const left = new Map([...typists].filter(([, typist]) => typist.until > this.clock.now()));
      return left.size === typists.size ? state : { ...state, typing: withEntry(state.typing, conversationId, left) };
    });
  }
}
