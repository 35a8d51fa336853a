import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalUnread } from './conversations.ts';
import { applyMessage, applyMyReadPosition, mergeMessages, mergePage } from './messages.ts';
import { conversation, message, stateOf } from '../testing/fakes.ts';

test('applying the events to the old state gives the same state as loading it', () => {
  const old = stateOf([conversation()], { c1: [] });
  let applied = old;
  for (let seq = 1; seq <= 5; seq++) applied = applyMessage(applied, message(seq), false).state;
  applied = applyMyReadPosition(applied, 'c1', 3);
  const fresh = stateOf(
    [
      conversation({
        last_message: message(5),
        last_seq: 5,
        last_read_seq: 3,
        unread_count: 2,
        updated_at: message(5).created_at,
      }),
    ],
    { c1: [1, 2, 3, 4, 5].map((seq) => message(seq)) },
  );
  assert.deepEqual(applied.conversations, fresh.conversations);
  assert.deepEqual(applied.threads, fresh.threads);
});

test('a message that arrives twice is in the state once', () => {
  const state = stateOf([conversation()], { c1: [] });
  const once = applyMessage(state, message(1), false).state;
  const twice = applyMessage(once, message(1), false);
  assert.equal(twice.isNew, false);
  assert.deepEqual(twice.state.threads.get('c1')!.messages, [message(1)]);
  assert.equal(totalUnread(twice.state), 1);
});

test('a message after a gap is not added before the missing ones are fetched', () => {
  const state = stateOf([conversation({ last_seq: 2 })], { c1: [message(1), message(2)] });
  const { state: next, gap } = applyMessage(state, message(5), false);
  assert.equal(gap, true);
  assert.deepEqual(
    next.threads.get('c1')!.messages.map((one) => one.seq),
    [1, 2],
  );
  assert.equal(next.conversations.get('c1')!.last_seq, 5);
});

test('a message that arrives while the first page is loaded is kept', () => {
  let state = stateOf([conversation()]);
  state = mergePage(state, 'c1', [], { load: 'loading' });
  state = applyMessage(state, message(3), false).state;
  state = mergePage(state, 'c1', [message(1), message(2)], { load: 'done' });
  assert.deepEqual(
    state.threads.get('c1')!.messages.map((one) => one.seq),
    [1, 2, 3],
  );
});

test('a status never goes back', () => {
  const merged = mergeMessages([message(1, { status: 'read' })], [message(1, { status: 'sent' })]);
  assert.equal(merged[0]!.status, 'read');
});

test('own messages and muted conversations do not count as unread', () => {
  const state = stateOf([conversation(), conversation({ id: 'c2', is_muted: true, unread_count: 7 })], { c1: [] });
  assert.equal(totalUnread(applyMessage(state, message(1, { sender_id: 'alice' }), false).state), 0);
});

test('a message that arrived is removed from the send queue', () => {
  const outgoing = {
    id: 'k1',
    conversationId: 'c1',
    content: 'x',
    attachments: [],
    createdAt: 0,
    state: { kind: 'queued' } as const,
  };
  const state = { ...stateOf([conversation()], { c1: [] }), queues: new Map([['c1', [outgoing]]]) };
  const { state: next } = applyMessage(state, message(1, { sender_id: 'alice', client_message_id: 'k1' }), false);
  assert.deepEqual(next.queues.get('c1'), []);
});
