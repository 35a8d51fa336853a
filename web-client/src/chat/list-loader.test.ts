import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api } from '../api/client.ts';
import type { Conversation } from '../api/wire.ts';
import { initialState } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { conversation, FakeClock, settled } from '../testing/fakes.ts';
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

/** A loader whose answers wait until the test gives them. */
function setUpSlow(): { store: Store; loader: ListLoader; answers: ((value: unknown) => void)[] } {
  const answers: ((value: unknown) => void)[] = [];
  const store = new Store(initialState);
  const answer = (): Promise<unknown> => new Promise((resolve) => answers.push(resolve));
  const api = { people: answer, conversation: answer } as unknown as Api;
  return { store, answers, loader: new ListLoader(store, api, new FakeClock(), () => undefined) };
}

const bob = { id: 'bob', name: 'Bob', email: 'bob@acme.example', is_online: false, last_seen: null };

test('a list of people that is older than a presence frame does not undo it', async () => {
  const { store, loader, answers } = setUpSlow();
  void loader.reloadPeople();
  loader.receivePresence({ type: 'presence', user_id: 'bob', is_online: true });
  answers[0]!([bob]);
  await settled();
  assert.equal(store.state.people.get('bob')?.is_online, true);
  assert.equal(answers.length, 1);
});

test('a person who is missing in a list that was requested before is loaded', async () => {
  const { store, loader, answers } = setUpSlow();
  void loader.reloadPeople();
  loader.receivePresence({ type: 'presence', user_id: 'bob', is_online: true });
  answers[0]!([]);
  await settled();
  answers[1]!([{ ...bob, is_online: true }]);
  await settled();
  assert.equal(store.state.people.get('bob')?.is_online, true);
});

test('a conversation that changes while it is loaded is loaded once more', async () => {
  const { store, loader, answers } = setUpSlow();
  const refreshed = loader.refresh('c1');
  void loader.refresh('c1');
  void loader.refresh('c1');
  answers[0]!(conversation());
  await settled();
  answers[1]!(conversation({ is_muted: true }));
  await refreshed;
  assert.equal(store.state.conversations.get('c1')?.is_muted, true);
  assert.equal(answers.length, 2);
});
