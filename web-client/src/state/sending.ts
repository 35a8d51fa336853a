import type { Attachment } from '../api/wire.ts';
import { backoffMs, type Moment } from '../connection/connection-state.ts';

/**
 * The states of a message of this person until the gateway has stored it. Once it is stored it is an ordinary
 * message, and the gateway alone reports its status (sent, delivered, read).
 */
export type SendState =
  | { kind: 'queued' }
  | { kind: 'sending'; attempt: number; since: number }
  | { kind: 'waiting'; attempt: number; until: number }
  | { kind: 'failed'; reason: string };

export interface OutgoingMessage {
  /** The `client_message_id`, which is the idempotency key: the same for every attempt. */
  id: string;
  conversationId: string;
  content: string;
  attachments: Attachment[];
  createdAt: number;
  state: SendState;
}

export type SendEvent =
  | { type: 'started' }
  | { type: 'connection_lost' }
  | { type: 'refused'; transient: boolean; retryAfterMs: number | null; reason: string }
  | { type: 'ack_timeout' }
  | { type: 'retry_due' }
  | { type: 'retry_requested' };

/** Without an acknowledgement within this time the message is sent again under the same id. */
export const ackTimeoutMs = 15_000;

export function nextSendState(state: SendState, event: SendEvent, attempt: number, moment: Moment): SendState {
  switch (event.type) {
    case 'started':
      return state.kind === 'queued' ? { kind: 'sending', attempt: attempt + 1, since: moment.now } : state;
    case 'connection_lost':
      return state.kind === 'sending' || state.kind === 'waiting' ? { kind: 'queued' } : state;
    case 'ack_timeout':
      return state.kind === 'sending' ? { kind: 'queued' } : state;
    case 'refused': {
      if (state.kind !== 'sending') return state;
      if (!event.transient) return { kind: 'failed', reason: event.reason };
      const pause = event.retryAfterMs ?? backoffMs(state.attempt, moment.random);
      return { kind: 'waiting', attempt: state.attempt, until: moment.now + pause };
    }
    case 'retry_due':
      return state.kind === 'waiting' ? { kind: 'queued' } : state;
    case 'retry_requested':
      return state.kind === 'failed' ? { kind: 'queued' } : state;
  }
}

/**
 * The next message of a conversation to send: the first that has not failed, if it is queued. A message that is
 * being sent or waits for a retry blocks the later ones, which keeps their order; a failed one does not.
 */
export function nextToSend(queue: readonly OutgoingMessage[]): OutgoingMessage | null {
  const first = queue.find((outgoing) => outgoing.state.kind !== 'failed');
  return first?.state.kind === 'queued' ? first : null;
}
