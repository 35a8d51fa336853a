import type { Api } from '../api/client.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import { isPolling } from '../connection/life.ts';
import { withEntry, type Typist } from '../state/model.ts';
import type { Store } from '../state/store.ts';

const sayEveryMs = 2_000;
const shownMs = 5_000;

/** Who is typing: mine said at most once in two seconds, others' shown for five after the last sign of it. */
export class Typing {
  readonly #saidAt = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
    private readonly clock: Clock,
  ) {}

  say(conversationId: string): void {
    const now = this.clock.now();
    if (now - (this.#saidAt.get(conversationId) ?? -sayEveryMs) < sayEveryMs) return;
    this.#saidAt.set(conversationId, now);
    if (this.connection.say({ type: 'typing', conversation_id: conversationId })) return;
    if (isPolling(this.connection.life)) void this.api.typing(conversationId).catch(() => undefined);
  }

  /** The message is out: the next key is news again. */
  done(conversationId: string): void {
    this.#saidAt.delete(conversationId);
  }

  heard(conversationId: string, userId: string, name: string): void {
    const until = this.clock.now() + shownMs;
    this.store.update((state) => ({
      ...state,
      typing: withEntry(
        state.typing,
        conversationId,
        withEntry(state.typing.get(conversationId) ?? new Map<string, Typist>(), userId, { name, until }),
      ),
    }));
    this.clock.after(shownMs, () => this.#sweep(conversationId));
  }

  #sweep(conversationId: string): void {
    this.store.update((state) => {
      const typists = state.typing.get(conversationId);
      if (!typists) return state;
      const left = new Map([...typists].filter(([, typist]) => typist.until > this.clock.now()));
      return left.size === typists.size ? state : { ...state, typing: withEntry(state.typing, conversationId, left) };
    });
  }
}
