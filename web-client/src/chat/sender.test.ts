import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../api/client.ts';
import type { Message } from '../api/wire.ts';
import { Sender } from './sender.ts';
import { Connection } from '../connection/connection.ts';
import { DraftStore } from '../state/draft-store.ts';
import { applyMessage } from '../state/messages.ts';
import { initialState } from '../state/model.ts';
import { Store } from '../state/store.ts';
import { FakeClock, FakeSocket, FakeStorage, alice, message, settled } from '../testing/fakes.ts';

async function setUp(storage = new FakeStorage()): Promise<{
  clock: FakeClock;
  sockets: FakeSocket[];
  sender: Sender;
  store: Store;
  connection: Connection;
  accept: (sent: Message) => void;
}> {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const store = new Store({ ...initialState, me: alice });
  const connection: Connection = new Connection(
    {
      openSocket: async () => {
        sockets.push(new FakeSocket());
        return sockets.at(-1)!;
      },
      renewCredentials: async () => 'fresh',
      isMine: () => true,
      onFrame: () => undefined,
      onStateChange: (state) => {
        if (state.kind === 'live') sender.sendNext();
        else sender.connectionLost();
      },
    },
    clock,
  );
  const drafts = new DraftStore(storage, 'https://chat.example', 'acme', 'alice');
  const accept = (sent: Message): void => {
    store.update((state) => applyMessage(state, sent, false).state);
    sender.dropQueued(sent.client_message_id!);
    sender.sendNext();
  };
  const sender: Sender = new Sender(store, connection, new Api('https://chat.example', null), drafts, clock, accept);
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected' });
  return { clock, sockets, sender, store, connection, accept };
}

const sent = (socket: FakeSocket): unknown[] =>
  socket.sent.filter((frame) => frame.type === 'send').map((frame) => frame.content);

test('one message is in flight at a time, and the next is sent after its acknowledgement', async () => {
  const { sockets, sender, accept } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  assert.deepEqual(sent(sockets[0]!), ['one']);
  accept(message(1, { sender_id: 'alice', client_message_id: first.id }));
  assert.deepEqual(sent(sockets[0]!), ['one', 'two']);
});

test('conversations send independently of each other', async () => {
  const { sockets, sender } = await setUp();
  sender.send('c1', 'one', []);
  sender.send('c2', 'other', []);
  assert.deepEqual(sent(sockets[0]!), ['one', 'other']);
});

test('a message in flight when the connection was lost is sent first again, with the same id', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected' });
  assert.deepEqual(
    sockets[1]!.sent.filter((frame) => frame.type === 'send').map((frame) => frame.client_message_id),
    [first.id],
  );
});

test('a message on a socket that died in silence goes over a new one after five seconds, with the same id', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  await clock.pass(5_000);
  assert.equal(sockets.length, 2);
  sockets[1]!.receive({ type: 'connected' });
  assert.deepEqual(
    sockets[1]!.sent.filter((frame) => frame.type === 'send').map((frame) => frame.client_message_id),
    [first.id],
  );
});

test('a message without an acknowledgement on a live socket is sent again with the same id', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  for (let seconds = 0; seconds < 15; seconds += 3) {
    sockets[0]!.receive({ type: 'pong' });
    await clock.pass(3_000);
  }
  assert.equal(sockets.length, 1);
  assert.deepEqual(
    sockets[0]!.sent.filter((frame) => frame.type === 'send').map((frame) => frame.client_message_id),
    [first.id, first.id],
  );
});

test('a rate limit delays the queue by the given time and keeps its order', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  sender.onError({
    type: 'error',
    code: 'rate-limited',
    detail: 'too many',
    client_message_id: first.id,
    retry_after: 3,
  });
  await clock.pass(2_900);
  assert.deepEqual(sent(sockets[0]!), ['one']);
  await clock.pass(200);
  assert.deepEqual(sent(sockets[0]!), ['one', 'one']);
});

test('unsent messages survive a reload in order and are removed after their acknowledgement', async () => {
  const storage = new FakeStorage();
  const before = await setUp(storage);
  before.connection.dispatch({ type: 'offline' });
  before.sender.send('c1', 'one', []);
  await before.clock.pass(10);
  before.sender.send('c1', 'two', []);
  const after = await setUp(storage);
  after.sender.restore();
  const restored = after.store.state.queues.get('c1')!;
  assert.deepEqual(
    restored.map((one) => one.content),
    ['one', 'two'],
  );
  assert.deepEqual(sent(after.sockets[0]!), ['one']);
  after.accept(message(1, { sender_id: 'alice', client_message_id: restored[0]!.id }));
  after.accept(message(2, { sender_id: 'alice', client_message_id: restored[1]!.id }));
  assert.equal(storage.length, 0);
});
