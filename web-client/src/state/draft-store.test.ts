import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DraftStore } from './draft-store.ts';
import { FakeStorage } from '../testing/fakes.ts';

test('entries belong to one gateway, tenant and person', () => {
  const storage = new FakeStorage();
  const hers = new DraftStore(storage, 'https://chat.example', 'acme', 'alice');
  const his = new DraftStore(storage, 'https://chat.example', 'acme', 'bob');
  hers.saveDraft('c1', { content: 'secret', attachments: [] });
  his.saveDraft('c1', { content: 'his', attachments: [] });
  assert.equal(his.draft('c1').content, 'his');
  assert.equal(new DraftStore(storage, 'https://chat.example', 'globex', 'alice').draft('c1').content, '');
  hers.clear();
  assert.equal(hers.draft('c1').content, '');
  assert.equal(his.draft('c1').content, 'his');
});

test('the store works without storage and keeps nothing', () => {
  const none = new DraftStore(null, 'https://chat.example', 'acme', 'alice');
  none.saveDraft('c1', { content: 'x', attachments: [] });
  assert.deepEqual(none.draft('c1'), { content: '', attachments: [] });
  assert.deepEqual(none.queued(), []);
});

test('the stored form of an unsent message does not change', () => {
  const storage = new FakeStorage();
  const drafts = new DraftStore(storage, 'https://chat.example', 'acme', 'alice');
  const message = { id: 'k1', conversationId: 'c1', content: 'x', attachments: [], createdAt: 1 };
  drafts.saveQueued({ ...message, state: { kind: 'failed', reason: 'too long' } });
  assert.deepEqual(JSON.parse(storage.getItem(storage.key(0) ?? '') ?? ''), {
    ...message,
    life: { is: 'failed', reason: 'too long' },
  });
  assert.deepEqual(drafts.queued(), [{ ...message, state: { kind: 'failed', reason: 'too long' } }]);
});
