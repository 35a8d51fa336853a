import type { Attachment } from '../api/wire.ts';
import { backoffMs } from '../connection/life.ts';

/**
 * The life of a message of mine until the gateway has it. Pure, like the connection's life. Once accepted it is an
 * ordinary message, and its further life (sent, delivered, read) is told by the gateway alone.
 */
export type Sending =
  | { is: 'queued' }
  | { is: 'sending'; attempt: number; since: number }
  | { is: 'waiting'; attempt: number; until: number }
  | { is: 'failed'; reason: string };

export interface Outgoing {
  /** The `client_message_id`: the same on every try, so that sending twice is sending once. */
  id: string;
  conversationId: string;
  content: string;
  attachments: Attachment[];
  createdAt: number;
  life: Sending;
}

export type SendingHappening =
  | { what: 'turn' }
  | { what: 'lost' }
  | { what: 'refused'; passing: boolean; retryAfterMs: number | null; reason: string }
  | { what: 'unanswered' }
  | { what: 'due' }
  | { what: 'retry' };

/** How long an answer may take before the same message is sent again under the same id. */
export const answerLimitMs = 15_000;

export function nextSending(
  life: Sending,
  happening: SendingHappening,
  attempt: number,
  moment: { now: number; random: number },
): Sending {
  switch (happening.what) {
    case 'turn':
      return life.is === 'queued' ? { is: 'sending', attempt: attempt + 1, since: moment.now } : life;
    case 'lost':
      return life.is === 'sending' || life.is === 'waiting' ? { is: 'queued' } : life;
    case 'unanswered':
      return life.is === 'sending' ? { is: 'queued' } : life;
    case 'refused': {
      if (life.is !== 'sending') return life;
      if (!happening.passing) return { is: 'failed', reason: happening.reason };
      const pause = happening.retryAfterMs ?? backoffMs(life.attempt, moment.random);
      return { is: 'waiting', attempt: life.attempt, until: moment.now + pause };
    }
    case 'due':
      if (life.is === 'waiting') return { is: 'queued' };
      return life;
    case 'retry':
      return life.is === 'failed' ? { is: 'queued' } : life;
  }
}

/**
 * The one message of a conversation that may go now: the first that has not failed, if nothing of that conversation
 * is under way. What has failed for good steps aside; what only waits holds the others back, so order is kept.
 */
export function turnOf(queue: readonly Outgoing[]): Outgoing | null {
  const first = queue.find((outgoing) => outgoing.life.is !== 'failed');
  return first?.life.is === 'queued' ? first : null;
}
