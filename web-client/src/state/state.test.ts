import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation, Message, PersonPresence } from '../api/wire.ts';
import { applyFrame, type StateFrame } from '../chat/frames.ts';
import {
  amendConversation,
  dropConversation,
  putConversation,
  replaceConversations,
  totalUnread,
} from './conversations.ts';
import { applyMyReading, land, lay, merge } from './messages.ts';
import { emptyThread, startState, type ChatState } from './model.ts';
import { alice, conversation, message } from '../testing/fakes.ts';

const person = (id: string): PersonPresence => ({
  id,
  name: id,
  email: `${id}@acme.example`,
  is_online: true,
  last_seen: null,
});

function stateOf(conversations: Conversation[], threads: Record<string, Message[]> = {}): ChatState {
  const base = replaceConversations({ ...startState, me: alice }, conversations);
  const loaded = Object.entries(threads).map(
    ([id, messages]) => [id, { ...emptyThread, messages, load: 'done' as const }] as const,
  );
  return { ...base, threads: new Map(loaded) };
}

test('applying the events to the old state gives the fresh state', () => {
  const old = stateOf([conversation()], { c1: [] });
  let applied = old;
  for (let seq = 1; seq <= 5; seq++) applied = land(applied, message(seq), false).state;
  applied = applyMyReading(applied, 'c1', 3);
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

test('a message is there once, whichever roads it came', () => {
  const state = stateOf([conversation()], { c1: [] });
  const once = land(state, message(1), false).state;
  const twice = land(once, message(1), false);
  assert.equal(twice.isNew, false);
  assert.deepEqual(twice.state.threads.get('c1')!.messages, [message(1)]);
  assert.equal(totalUnread(twice.state), 1);
});

test('a message after a gap is not shown before what is missing was fetched', () => {
  const state = stateOf([conversation({ last_seq: 2 })], { c1: [message(1), message(2)] });
  const { state: next, gap } = land(state, message(5), false);
  assert.equal(gap, true);
  assert.deepEqual(
    next.threads.get('c1')!.messages.map((one) => one.seq),
    [1, 2],
  );
  assert.equal(next.conversations.get('c1')!.last_seq, 5);
});

test('what arrives while the first page is on its way is kept', () => {
  let state = stateOf([conversation()]);
  state = lay(state, 'c1', [], { load: 'loading' });
  state = land(state, message(3), false).state;
  state = lay(state, 'c1', [message(1), message(2)], { load: 'done' });
  assert.deepEqual(
    state.threads.get('c1')!.messages.map((one) => one.seq),
    [1, 2, 3],
  );
});

test('a status never goes backwards', () => {
  const merged = merge([message(1, { status: 'read' })], [message(1, { status: 'sent' })]);
  assert.equal(merged[0]!.status, 'read');
});

test('others’ positions move my messages, not theirs', () => {
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

test('what I read on another device is read here', () => {
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

test('my own message makes nothing unread, and muted conversations do not count', () => {
  const state = stateOf([conversation(), conversation({ id: 'c2', is_muted: true, unread_count: 7 })], { c1: [] });
  assert.equal(totalUnread(land(state, message(1, { sender_id: 'alice' }), false).state), 0);
});

test('an archived conversation comes back with a message, unless it is muted', () => {
  const state = stateOf([
    conversation({ is_archived: true }),
    conversation({ id: 'c2', is_archived: true, is_muted: true }),
  ]);
  assert.equal(land(state, message(1), false).state.conversations.get('c1')!.is_archived, false);
  const muted = land(state, message(1, { conversation: 'c2' }), false).state;
  assert.equal(muted.conversations.get('c2')!.is_archived, true);
});

test('what another device put away before the newest message is not put away', () => {
  const frame = (at: number | null) =>
    ({
      type: 'conversation_updated',
      event_id: 'e1',
      conversation_id: 'c1',
      is_archived: at !== null,
      is_muted: false,
      ...(at !== null && { archived_at_seq: at }),
    }) as const;
  const state = land(stateOf([conversation()]), message(6), false).state;
  const late = applyFrame(state, frame(5)).state;
  assert.equal(late.conversations.get('c1')!.is_archived, false);
  const all = applyFrame(late, frame(6)).state;
  assert.equal(all.conversations.get('c1')!.is_archived, true);
  assert.equal(land(all, message(6), false).state.conversations.get('c1')!.is_archived, true);
  assert.equal(land(all, message(7), false).state.conversations.get('c1')!.is_archived, false);
  assert.equal(applyFrame(all, frame(null)).state.conversations.get('c1')!.is_archived, false);
});

test('what came while it was muted brings it back only where the gateway says so', () => {
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
  const more = land(put, message(4), false).state;
  assert.equal(more.conversations.get('c1')!.is_archived, true);
  assert.equal(applyFrame(more, frame(false, 4)).state.conversations.get('c1')!.is_archived, true);
});

test('a list that was written before the newest message does not take it back', () => {
  const state = land(stateOf([conversation()], { c1: [] }), message(1), false).state;
  const late = replaceConversations(state, [conversation()]);
  assert.equal(late.conversations.get('c1')!.last_seq, 1);
  assert.equal(late.conversations.get('c1')!.unread_count, 1);
});

test('what a frame does not say stays: mine are mine', () => {
  const state = putConversation(stateOf([]), conversation({ is_group: true, is_muted: true, unread_count: 4 }));
  const next = amendConversation(state, 'c1', { title: 'New' });
  assert.deepEqual(
    { ...next.conversations.get('c1')! },
    conversation({ is_group: true, is_muted: true, unread_count: 4, title: 'New' }),
  );
});

test('who joins is added from the directory, who is unknown is asked for', () => {
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

test('being removed takes the conversation away, and its messages with it', () => {
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

test('a conversation that is gone is not left open', () => {
  const open = {
    ...stateOf([conversation()]),
    screen: { open: true, wide: false, tab: 'chat', conversationId: 'c1' } as const,
  };
  assert.deepEqual(dropConversation(open, 'c1').screen, {
    open: true,
    wide: false,
    tab: 'chats',
    conversationId: null,
  });
});

test('what arrived is no longer on its way', () => {
  const outgoing = {
    id: 'k1',
    conversationId: 'c1',
    content: 'x',
    attachments: [],
    createdAt: 0,
    life: { is: 'queued' } as const,
  };
  const state = { ...stateOf([conversation()], { c1: [] }), queues: new Map([['c1', [outgoing]]]) };
  const { state: next } = land(state, message(1, { sender_id: 'alice', client_message_id: 'k1' }), false);
  assert.deepEqual(next.queues.get('c1'), []);
});
