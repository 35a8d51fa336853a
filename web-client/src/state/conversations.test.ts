import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amendConversation, dropConversation, putConversation, replaceConversations } from './conversations.ts';
import { applyMessage } from './messages.ts';
import { conversation, message, stateOf } from '../testing/fakes.ts';

test('a new message takes a conversation out of the archive, unless it is muted', () => {
  const state = stateOf([
    conversation({ is_archived: true }),
    conversation({ id: 'c2', is_archived: true, is_muted: true }),
  ]);
  assert.equal(applyMessage(state, message(1), false).state.conversations.get('c1')!.is_archived, false);
  const muted = applyMessage(state, message(1, { conversation: 'c2' }), false).state;
  assert.equal(muted.conversations.get('c2')!.is_archived, true);
});

test('a list that is older than the newest message does not remove it', () => {
  const state = applyMessage(stateOf([conversation()], { c1: [] }), message(1), false).state;
  const late = replaceConversations(state, [conversation()]);
  assert.equal(late.conversations.get('c1')!.last_seq, 1);
  assert.equal(late.conversations.get('c1')!.unread_count, 1);
});

test('a list that is older than a conversation does not remove it, and does not return a dropped one', () => {
  const requested = stateOf([conversation(), conversation({ id: 'c2' })]);
  const now = putConversation(dropConversation(requested, 'c2'), conversation({ id: 'c3' }));
  const late = replaceConversations(now, [conversation(), conversation({ id: 'c2' })], requested);
  assert.deepEqual([...late.conversations.keys()], ['c1', 'c3']);
});

test('a list without a conversation that was known at the request removes it', () => {
  assert.equal(replaceConversations(stateOf([conversation()]), []).conversations.size, 0);
});

test('fields that a frame does not change are kept', () => {
  const state = putConversation(stateOf([]), conversation({ is_group: true, is_muted: true, unread_count: 4 }));
  const next = amendConversation(state, 'c1', { title: 'New' });
  assert.deepEqual(
    { ...next.conversations.get('c1')! },
    conversation({ is_group: true, is_muted: true, unread_count: 4, title: 'New' }),
  );
});

test('dropping the open conversation shows the list', () => {
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
