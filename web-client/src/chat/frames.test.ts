import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonPresence } from '../api/wire.ts';
import { applyFrame, type StateFrame } from './frames.ts';
import { totalUnread } from '../state/conversations.ts';
import { applyMessage } from '../state/messages.ts';
import type { ChatState } from '../state/model.ts';
import { conversation, message, stateOf } from '../testing/fakes.ts';

const person = (id: string): PersonPresence => ({
  id,
  name: id,
  email: `${id}@acme.example`,
  is_online: true,
  last_seen: null,
});

test('the positions of other people change the status of my messages only', () => {
  const mine = message(1, { sender_id: 'alice' });
  const state = stateOf([conversation({ last_message: mine, last_seq: 2 })], { c1: [mine, message(2)] });
  const frame = {
    type: 'message_status',
    event_id: 'e1',
    conversation_id: 'c1',
    messages: [],
    user_id: 'bob',
    read_seq: 2,
    delivered_seq: 2,
  } satisfies StateFrame;
  const { state: next } = applyFrame(state, frame);
  assert.deepEqual(
    next.threads.get('c1')!.messages.map((one) => one.status),
    ['read', 'sent'],
  );
  assert.equal(next.conversations.get('c1')!.last_message!.status, 'read');
});

test('messages read on another device are read here', () => {
  const state = stateOf([conversation({ last_seq: 3, last_message: message(3), unread_count: 3 })]);
  const frame = {
    type: 'message_status',
    event_id: 'e1',
    conversation_id: 'c1',
    messages: [],
    user_id: 'alice',
    read_seq: 3,
  } satisfies StateFrame;
  assert.equal(totalUnread(applyFrame(state, frame).state), 0);
});

test('archiving on another device has no effect if a newer message arrived', () => {
  const frame = (at: number | null) =>
    ({
      type: 'conversation_updated',
      event_id: 'e1',
      conversation_id: 'c1',
      is_archived: at !== null,
      is_muted: false,
      ...(at !== null && { archived_at_seq: at }),
    }) as const;
  const state = applyMessage(stateOf([conversation()]), message(6), false).state;
  const late = applyFrame(state, frame(5)).state;
  assert.equal(late.conversations.get('c1')!.is_archived, false);
  const all = applyFrame(late, frame(6)).state;
  assert.equal(all.conversations.get('c1')!.is_archived, true);
  assert.equal(applyMessage(all, message(6), false).state.conversations.get('c1')!.is_archived, true);
  assert.equal(applyMessage(all, message(7), false).state.conversations.get('c1')!.is_archived, false);
  assert.equal(applyFrame(all, frame(null)).state.conversations.get('c1')!.is_archived, false);
});

test('a muted conversation stays archived when messages arrive', () => {
  const frame = (muted: boolean, at: number) =>
    ({
      type: 'conversation_updated',
      event_id: 'e1',
      conversation_id: 'c1',
      is_archived: true,
      is_muted: muted,
      archived_at_seq: at,
    }) as const;
  const put = applyFrame(stateOf([conversation({ last_seq: 3 })]), frame(true, 3)).state;
  const more = applyMessage(put, message(4), false).state;
  assert.equal(more.conversations.get('c1')!.is_archived, true);
  assert.equal(applyFrame(more, frame(false, 4)).state.conversations.get('c1')!.is_archived, true);
});

test('a new participant is added from the directory; an unknown one makes the conversation be fetched', () => {
  const state: ChatState = {
    ...stateOf([conversation({ is_group: true })]),
    people: new Map([['carol', person('carol')]]),
  };
  const known = applyFrame(state, {
    type: 'participant_added',
    event_id: 'e1',
    added_by: 'alice',
    conversation_id: 'c1',
    user_ids: ['carol'],
  });
  assert.equal(known.state.conversations.get('c1')!.participant_count, 3);
  assert.deepEqual(known.refresh, []);
  const again = applyFrame(known.state, {
    type: 'participant_added',
    event_id: 'e1',
    added_by: 'alice',
    conversation_id: 'c1',
    user_ids: ['carol'],
  });
  assert.equal(again.state, known.state);
  const unknown = applyFrame(state, {
    type: 'participant_added',
    event_id: 'e1',
    added_by: 'alice',
    conversation_id: 'c1',
    user_ids: ['zoe'],
  });
  assert.deepEqual(unknown.refresh, ['c1']);
});

test('a removed person loses the conversation and its messages', () => {
  const state = stateOf([conversation({ is_group: true })], { c1: [message(1)] });
  const { state: next } = applyFrame(state, {
    type: 'participant_removed',
    event_id: 'e1',
    removed_by: 'bob',
    conversation_id: 'c1',
    user_id: 'alice',
  });
  assert.equal(next.conversations.size, 0);
  assert.equal(next.threads.size, 0);
});
