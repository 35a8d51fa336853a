import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api } from '../api/client.ts';
import type { Conversation } from '../api/wire.ts';
import { initialState } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { conversation, FakeClock } from '../testing/fakes.ts';
import { ListLoader } from './list-loader.ts';

function setUp(lists: Conversation[][]): { clock: FakeClock; store: Store; loader: ListLoader } {
  const clock = new FakeClock();
  const store = new Store(initialState);
  const api = { conversations: async () => lists.shift() ?? [], people: async () => [] } as unknown as Api;
  return { clock, store, loader: new ListLoader(store, api, clock, () => undefined) };
}

const withoutCounts = [conversation({ unread_count: null })];

test('a list without counts is loaded again within a second, and the person is not told', async () => {
  const { clock, store, loader } = setUp([withoutCounts, [conversation({ unread_count: 2 })]]);
  await loader.reload();
  assert.equal(store.state.degraded, false);
  await clock.pass(500);
  assert.equal(store.state.degraded, false);
  assert.equal(store.state.conversations.get('c1')?.unread_count, 2);
});

test('the person is told while counts stay missing, and known counts are kept', async () => {
  const known = [conversation({ unread_count: 2 })];
  const { clock, store, loader } = setUp([known, withoutCounts, withoutCounts, withoutCounts, known]);
  await loader.reload();
  await loader.reload();
  await clock.pass(2_000);
  assert.equal(store.state.degraded, true);
  assert.equal(store.state.conversations.get('c1')?.unread_count, 2);
  await clock.pass(4_000);
  assert.equal(store.state.degraded, false);
});
