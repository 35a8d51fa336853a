import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Attachment, Message, ServerErrorFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import { probeTimeoutMs } from '../connection/connection-state.ts';
import type { DraftStore } from '../state/draft-store.ts';
import { withEntry } from '../state/model.ts';
import { ackTimeoutMs, nextSendState, nextToSend, type OutgoingMessage, type SendEvent } from '../state/sending.ts';
import type { Store } from '../state/store.ts';

/** Error codes after which the same message may succeed later. */
const transientCodes = new Set(['rate-limited', 'unavailable']);

/**
 * Sends messages to the gateway: one at a time per conversation, in order, each with the same id on every attempt.
 * It uses the WebSocket while that is live, REST while only polling works, and waits otherwise.
 */
export class Sender {
  readonly #timers = new Map<string, () => void>();
  readonly #attempts = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
    private readonly drafts: DraftStore,
    private readonly clock: Clock,
    private readonly onAccepted: (message: Message) => void,
  ) {}

  /** Loads the messages that an earlier page or another tab left unsent, and sends them. */
  restore(): void {
    const queues = new Map<string, OutgoingMessage[]>();
    for (const outgoing of this.drafts.queued()) {
      queues.set(outgoing.conversationId, [...(queues.get(outgoing.conversationId) ?? []), outgoing]);
    }
    this.store.patch({ queues });
    this.sendNext();
  }

  send(conversationId: string, content: string, attachments: Attachment[]): OutgoingMessage {
    const outgoing: OutgoingMessage = {
      id: newId(),
      conversationId,
      content,
      attachments,
      createdAt: this.clock.now(),
      state: { kind: 'queued' },
    };
    this.drafts.saveQueued(outgoing);
    this.#changeQueue(conversationId, (queue) => [...queue, outgoing]);
    this.sendNext();
    return outgoing;
  }

  retry(id: string): void {
    this.#dispatch(id, { type: 'retry_requested' });
    this.sendNext();
  }

  /** Deletes a message that failed. */
  discard(id: string): void {
    const outgoing = this.#find(id);
    if (outgoing?.state.kind !== 'failed') return;
    this.dropQueued(id);
    this.#changeQueue(outgoing.conversationId, (queue) => queue.filter((one) => one.id !== id));
  }

  /** Forgets a message that the gateway has stored. */
  dropQueued(id: string): void {
    this.#cancelTimer(id);
    this.#attempts.delete(id);
    this.drafts.removeQueued(id);
  }

  /** Queues again the messages that were being sent when the connection was lost. */
  connectionLost(): void {
    for (const queue of this.store.state.queues.values()) {
      for (const outgoing of queue) {
        if (outgoing.state.kind === 'sending') this.#dispatch(outgoing.id, { type: 'connection_lost' });
      }
    }
  }

  onError(frame: ServerErrorFrame): void {
    if (!frame.client_message_id) return;
    const retryAfterMs = frame.retry_after ? frame.retry_after * 1000 : null;
    this.#refuse(frame.client_message_id, {
      type: 'refused',
      transient: retryAfterMs !== null || transientCodes.has(frame.code),
      retryAfterMs,
      reason: frame.detail,
    });
  }

  /** Sends the next message of every conversation that has none in flight. */
  sendNext(): void {
    const transport = this.#transport();
    if (!transport) return;
    for (const queue of this.store.state.queues.values()) {
      const outgoing = nextToSend(queue);
      if (!outgoing) continue;
      this.#dispatch(outgoing.id, { type: 'started' });
      if (transport === 'socket') this.#sendBySocket(outgoing);
      else void this.#sendByRest(outgoing);
    }
  }

  #transport(): 'socket' | 'rest' | null {
    const { state } = this.connection;
    if (state.kind === 'live') return 'socket';
    return 'pollingWorks' in state && state.pollingWorks ? 'rest' : null;
  }

  #sendBySocket(outgoing: OutgoingMessage): void {
    const frame = {
      type: 'send',
      conversation_id: outgoing.conversationId,
      content: outgoing.content,
      client_message_id: outgoing.id,
      ...(outgoing.attachments.length > 0 && { attachment_ids: outgoing.attachments.map((file) => file.id) }),
    } as const;
    if (!this.connection.send(frame)) {
      this.#dispatch(outgoing.id, { type: 'connection_lost' });
      return;
    }
    this.#awaitAck(outgoing.id, ackTimeoutMs);
  }

  /** Probes the socket with the message and while the acknowledgement is missing, because it may have died in silence. */
  #awaitAck(id: string, ms: number): void {
    this.connection.probe();
    if (ms <= probeTimeoutMs) this.#schedule(id, ms, { type: 'ack_timeout' });
    else this.#setTimer(id, probeTimeoutMs, () => this.#awaitAck(id, ms - probeTimeoutMs));
  }

  async #sendByRest(outgoing: OutgoingMessage): Promise<void> {
    const attachmentIds = outgoing.attachments.map((file) => file.id);
    try {
      this.onAccepted(await this.api.post(outgoing.conversationId, outgoing.content, attachmentIds, outgoing.id));
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError(0, null, null);
      this.#refuse(outgoing.id, {
        type: 'refused',
        transient: refusal.transient,
        retryAfterMs: refusal.retryAfterMs,
        reason: refusal.message,
      });
    }
  }

  #refuse(id: string, event: SendEvent): void {
    this.#dispatch(id, event);
    const state = this.#find(id)?.state;
    if (state?.kind === 'waiting') this.#schedule(id, state.until - this.clock.now(), { type: 'retry_due' });
    else this.sendNext();
  }

  #schedule(id: string, ms: number, event: SendEvent): void {
    this.#setTimer(id, ms, () => {
      this.#dispatch(id, event);
      this.sendNext();
    });
  }

  #setTimer(id: string, ms: number, run: () => void): void {
    this.#timers.get(id)?.();
    this.#timers.set(id, this.clock.after(ms, run));
  }

  #dispatch(id: string, event: SendEvent): void {
    const outgoing = this.#find(id);
    if (!outgoing) return;
    const moment = { now: this.clock.now(), random: this.clock.random() };
    const state = nextSendState(outgoing.state, event, this.#attempts.get(id) ?? 0, moment);
    if (state === outgoing.state) return;
    if (state.kind === 'sending') this.#attempts.set(id, state.attempt);
    if (state.kind !== 'sending' && state.kind !== 'waiting') this.#cancelTimer(id);
    const changed = { ...outgoing, state };
    if (state.kind === 'failed' || outgoing.state.kind === 'failed') this.drafts.saveQueued(changed);
    this.#changeQueue(outgoing.conversationId, (queue) => queue.map((one) => (one.id === id ? changed : one)));
  }

  #cancelTimer(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #find(id: string): OutgoingMessage | undefined {
    for (const queue of this.store.state.queues.values()) {
      const found = queue.find((outgoing) => outgoing.id === id);
      if (found) return found;
    }
    return undefined;
  }

  #changeQueue(
    conversationId: string,
    change: (queue: readonly OutgoingMessage[]) => readonly OutgoingMessage[],
  ): void {
    this.store.update((state) => ({
      ...state,
      queues: withEntry(state.queues, conversationId, change(state.queues.get(conversationId) ?? [])),
    }));
  }
}

/** A random id. `crypto.randomUUID` is missing on pages without a secure context. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
