import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Message } from '../api/wire.ts';
import { History } from './history.ts';
import { putConversation } from '../state/conversations.ts';
import { mergePage, withThread } from '../state/messages.ts';
import { emptyThread, initialState } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { alice, conversation, FakeClock, message } from '../testing/fakes.ts';

interface Where {
  before_id?: string;
  since_id?: string;
  limit: number;
}

/** A gateway with that many messages in `c1`, whose first requests fail. */
class FakeHistory extends Api {
  readonly asked: Where[] = [];

  constructor(
    private readonly count: number,
    private failures = 0,
  ) {
    super('https://chat.example', null);
  }

  override async messages(_id: string, where: Where): Promise<Message[]> {
    this.asked.push(where);
    if (this.failures-- > 0) throw new ApiError(404, null, null);
    const all = Array.from({ length: this.count }, (_, index) => message(index + 1));
    if (where.since_id) return all.slice(Number(where.since_id.slice(1))).slice(0, where.limit);
    if (where.before_id) return all.slice(0, Number(where.before_id.slice(1)) - 1).slice(-where.limit);
    return all.slice(-where.limit);
  }
}

function setUp(api: FakeHistory): { store: Store; clock: FakeClock; history: History } {
  const store = new Store({ ...initialState, me: alice });
  const clock = new FakeClock();
  const history = new History(store, api, clock, {
    onNewMessages: (messages) => store.update((state) => mergePage(state, 'c1', messages, {})),
    onPage: () => undefined,
  });
  return { store, clock, history };
}

const seqs = (store: Store): number[] => store.state.threads.get('c1')!.messages.map((one) => one.seq);

test('history is loaded page by page up to the first message', async () => {
  const { store, history } = setUp(new FakeHistory(120));
  await history.loadNewest('c1');
  await history.loadOlder('c1');
  assert.deepEqual([seqs(store)[0], seqs(store).at(-1)], [21, 120]);
  await history.loadOlder('c1');
  assert.equal(store.state.threads.get('c1')!.older, 'none');
  assert.deepEqual(
    seqs(store),
    Array.from({ length: 120 }, (_, index) => index + 1),
  );
});

test('catching up loads all missed pages', async () => {
  const { store, history } = setUp(new FakeHistory(700));
  store.update((state) => withThread(state, 'c1', { ...emptyThread, messages: [message(1)], load: 'done' }));
  await history.catchUp('c1');
  assert.equal(seqs(store).length, 700);
});

test('the first page is requested again while a service does not know the conversation', async () => {
  const api = new FakeHistory(1, 2);
  const { store, clock, history } = setUp(api);
  const loading = history.loadNewest('c1');
  await clock.pass(5_000);
  await loading;
  assert.equal(api.asked.length, 3);
  assert.deepEqual(seqs(store), [1]);
});

test('a thread that cannot be loaded is marked as failed and can be loaded again', async () => {
  const { store, clock, history } = setUp(new FakeHistory(1, 3));
  const loading = history.loadNewest('c1');
  await clock.pass(5_000);
  await loading;
  assert.equal(store.state.threads.get('c1')!.load, 'failed');
  await history.loadNewest('c1');
  assert.equal(store.state.threads.get('c1')!.load, 'done');
});

test('no history is requested for a conversation without messages', async () => {
  const api = new FakeHistory(0);
  const { store, history } = setUp(api);
  store.update((state) => putConversation(state, conversation()));
  await history.loadNewest('c1');
  assert.equal(store.state.threads.get('c1')!.load, 'done');
  assert.deepEqual(api.asked, []);
});
