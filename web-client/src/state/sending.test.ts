import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSendState, nextToSend, type OutgoingMessage, type SendState } from './sending.ts';

const moment = { now: 1_000, random: 0.5 };
const outgoing = (id: string, state: SendState): OutgoingMessage => ({
  id,
  conversationId: 'c1',
  content: id,
  attachments: [],
  createdAt: 0,
  state,
});

test('a queued message is sent, refused temporarily and queued again', () => {
  const sending = nextSendState({ kind: 'queued' }, { type: 'started' }, 0, moment);
  assert.deepEqual(sending, { kind: 'sending', attempt: 1, since: 1_000 });
  const refusal = { type: 'refused', transient: true, retryAfterMs: 2_000, reason: 'slow down' } as const;
  const waiting = nextSendState(sending, refusal, 1, moment);
  assert.deepEqual(waiting, { kind: 'waiting', attempt: 1, until: 3_000 });
  assert.deepEqual(nextSendState(waiting, { type: 'retry_due' }, 1, moment), { kind: 'queued' });
});

test('a permanently refused message fails and is sent again only on request', () => {
  const sending: SendState = { kind: 'sending', attempt: 1, since: 0 };
  const failed = nextSendState(
    sending,
    { type: 'refused', transient: false, retryAfterMs: null, reason: 'no' },
    1,
    moment,
  );
  assert.deepEqual(failed, { kind: 'failed', reason: 'no' });
  assert.equal(nextSendState(failed, { type: 'started' }, 1, moment), failed);
  assert.equal(nextSendState(failed, { type: 'connection_lost' }, 1, moment), failed);
  assert.deepEqual(nextSendState(failed, { type: 'retry_requested' }, 1, moment), { kind: 'queued' });
});

test('a message that is sent or waits blocks later ones, a failed one does not', () => {
  const queued = outgoing('b', { kind: 'queued' });
  assert.equal(nextToSend([outgoing('a', { kind: 'sending', attempt: 1, since: 0 }), queued]), null);
  assert.equal(nextToSend([outgoing('a', { kind: 'waiting', attempt: 1, until: 9 }), queued]), null);
  assert.equal(nextToSend([outgoing('a', { kind: 'failed', reason: '' }), queued]), queued);
  assert.equal(nextToSend([]), null);
});
