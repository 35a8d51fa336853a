import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, bodyOf, conversationIn, titleOf, type PushMessage } from './notification.ts';

const conversation = '01900000-0000-7000-8000-000000000001';
const message: PushMessage = { conversation, message: 'm', sent_at: 1, language: 'es', page: '/chat' };

test('a notification says what the organisation allows, in the language of the subscription', () => {
  assert.deepEqual([titleOf(message), bodyOf(message)], ['Mensaje nuevo', '']);
  const named = { ...message, sender: 'Ann' };
  assert.deepEqual([titleOf(named), bodyOf(named)], ['Ann', 'Mensaje nuevo']);
  const quoted = { ...named, text: 'Hola' };
  assert.deepEqual([titleOf(quoted), bodyOf(quoted)], ['Ann', 'Hola']);
  const group = { ...quoted, group: 'Board' };
  assert.deepEqual([titleOf(group), bodyOf(group)], ['Board', '\u2068Ann\u2069: Hola']);
  assert.equal(titleOf({ ...message, language: 'xx' }), 'New message');
});

test('a click opens a page of the own origin only', () => {
  const origin = 'https://chat.example';
  const data = { conversation, message: 'm', page: '/orders/' };
  assert.equal(addressOf(data, origin), `https://chat.example/orders/#tenant_chat=${conversation}`);
  for (const page of ['https://evil.example/', '//evil.example/', '\\\\evil.example'])
    assert.equal(addressOf({ ...data, page }, origin), `https://chat.example/#tenant_chat=${conversation}`);
});

test('the fragment names a conversation or nothing', () => {
  assert.equal(conversationIn(`#tenant_chat=${conversation}`), conversation);
  for (const other of ['', '#', '#tenant_chat=', '#tenant_chat=../me', `#other=${conversation}`])
    assert.equal(conversationIn(other), null);
});
