import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Attachment, Message, ServerErrorFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import type { Keep } from '../state/keep.ts';
import { withEntry } from '../state/model.ts';
import { answerLimitMs, nextSending, turnOf, type Outgoing, type SendingHappening } from '../state/sending.ts';
import type { Store } from '../state/store.ts';

/** Error codes after which the same message may succeed later. */
const transientCodes = new Set(['rate-limited', 'unavailable']);

/**
 * Brings what was typed to the gateway: one message under way per conversation, in order, under an id that stays
 * the same on every try. Takes the socket where it is live, REST where only polling works, and waits otherwise.
 */
export class Sender {
  readonly #timers = new Map<string, () => void>();
  readonly #attempts = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
    private readonly keep: Keep,
    private readonly clock: Clock,
    private readonly accepted: (message: Message) => void,
  ) {}

  /** Takes up what an earlier page or tab left unsent. */
  restore(): void {
    const queues = new Map<string, Outgoing[]>();
    for (const kept of this.keep.queued()) {
      const life = kept.life.is === 'failed' ? kept.life : ({ is: 'queued' } as const);
      queues.set(kept.conversationId, [...(queues.get(kept.conversationId) ?? []), { ...kept, life }]);
    }
    this.store.patch({ queues });
    this.advance();
  }

  send(conversationId: string, content: string, attachments: Attachment[]): Outgoing {
    const outgoing: Outgoing = {
      id: newId(),
      conversationId,
      content,
      attachments,
      createdAt: this.clock.now(),
      life: { is: 'queued' },
    };
    this.keep.keepQueued(outgoing);
    this.#queue(conversationId, (queue) => [...queue, outgoing]);
    this.advance();
    return outgoing;
  }

  retry(id: string): void {
    this.#happen(id, { what: 'retry' });
    this.advance();
  }

  discard(id: string): void {
    const outgoing = this.#find(id);
    if (outgoing?.life.is !== 'failed') return;
    this.forget(id);
    this.#queue(outgoing.conversationId, (queue) => queue.filter((one) => one.id !== id));
  }

  /** The gateway has that message, whichever way we heard of it. */
  forget(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    this.#attempts.delete(id);
    this.keep.dropQueued(id);
  }

  /** The connection changed: what was under way on the old one is to go again. */
  lost(): void {
    for (const queue of this.store.state.queues.values()) {
      for (const outgoing of queue) {
        if (outgoing.life.is === 'sending') this.#happen(outgoing.id, { what: 'lost' });
      }
    }
  }

  refused(frame: ServerErrorFrame): void {
    if (!frame.client_message_id) return;
    const retryAfterMs = frame.retry_after ? frame.retry_after * 1000 : null;
    this.#refuse(frame.client_message_id, {
      what: 'refused',
      passing: retryAfterMs !== null || transientCodes.has(frame.code),
      retryAfterMs,
      reason: frame.detail,
    });
  }

  /** Sends whatever may go now. */
  advance(): void {
    const road = this.#road();
    if (!road) return;
    for (const queue of this.store.state.queues.values()) {
      const outgoing = turnOf(queue);
      if (!outgoing) continue;
      this.#happen(outgoing.id, { what: 'turn' });
      if (road === 'socket') this.#sendBySocket(outgoing);
      else void this.#sendByRest(outgoing);
    }
  }

  #road(): 'socket' | 'rest' | null {
    const life = this.connection.life;
    if (life.is === 'live') return 'socket';
    return 'polled' in life && life.polled ? 'rest' : null;
  }

  #sendBySocket(outgoing: Outgoing): void {
    const frame = {
      type: 'send',
      conversation_id: outgoing.conversationId,
      content: outgoing.content,
      client_message_id: outgoing.id,
      ...(outgoing.attachments.length > 0 && { attachment_ids: outgoing.attachments.map((file) => file.id) }),
    } as const;
    if (!this.connection.say(frame)) {
      this.#happen(outgoing.id, { what: 'lost' });
      return;
    }
    this.#time(outgoing.id, answerLimitMs, { what: 'unanswered' });
  }

  async #sendByRest(outgoing: Outgoing): Promise<void> {
    const ids = outgoing.attachments.map((file) => file.id);
    try {
      this.accepted(await this.api.post(outgoing.conversationId, outgoing.content, ids, outgoing.id));
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError(0, null, null);
      this.#refuse(outgoing.id, {
        what: 'refused',
        passing: refusal.passing,
        retryAfterMs: refusal.retryAfterMs,
        reason: refusal.message,
      });
    }
  }

  #refuse(id: string, happening: SendingHappening): void {
    this.#happen(id, happening);
    const life = this.#find(id)?.life;
    if (life?.is === 'waiting') this.#time(id, life.until - this.clock.now(), { what: 'due' });
    else this.advance();
  }

  #time(id: string, ms: number, happening: SendingHappening): void {
    this.#timers.get(id)?.();
    this.#timers.set(
      id,
      this.clock.after(ms, () => {
        this.#happen(id, happening);
        this.advance();
      }),
    );
  }

  #happen(id: string, happening: SendingHappening): void {
    const outgoing = this.#find(id);
    if (!outgoing) return;
    const moment = { now: this.clock.now(), random: this.clock.random() };
    const life = nextSending(outgoing.life, happening, this.#attempts.get(id) ?? 0, moment);
    if (life === outgoing.life) return;
    if (life.is === 'sending') this.#attempts.set(id, life.attempt);
    if (life.is !== 'sending' && life.is !== 'waiting') {
      this.#timers.get(id)?.();
      this.#timers.delete(id);
    }
    const changed = { ...outgoing, life };
    if (life.is === 'failed' || outgoing.life.is === 'failed') this.keep.keepQueued(changed);
    this.#queue(outgoing.conversationId, (queue) => queue.map((one) => (one.id === id ? changed : one)));
  }

  #find(id: string): Outgoing | undefined {
    for (const queue of this.store.state.queues.values()) {
      const found = queue.find((outgoing) => outgoing.id === id);
      if (found) return found;
    }
    return undefined;
  }

  #queue(conversationId: string, change: (queue: readonly Outgoing[]) => readonly Outgoing[]): void {
    this.store.update((state) => ({
      ...state,
      queues: withEntry(state.queues, conversationId, change(state.queues.get(conversationId) ?? [])),
    }));
  }
}

/** Works on pages without a secure context too, where `crypto.randomUUID` is missing. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
