import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../api/client.ts';
import type { Message } from '../api/wire.ts';
import { Sender } from './sender.ts';
import { Connection } from '../connection/connection.ts';
import { Keep } from '../state/keep.ts';
import { land } from '../state/messages.ts';
import { startState } from '../state/model.ts';
import { nextSending, turnOf, type Outgoing, type Sending } from '../state/sending.ts';
import { Store } from '../state/store.ts';
import { alice, FakeClock, FakeShelf, FakeSocket, message, settled } from '../testing/fakes.ts';

const moment = { now: 1_000, random: 0.5 };
const outgoing = (id: string, life: Sending): Outgoing => ({
  id,
  conversationId: 'c1',
  content: id,
  attachments: [],
  createdAt: 0,
  life,
});

test('a queued message is sent, refused for now, and sent again', () => {
  const sending = nextSending({ is: 'queued' }, { what: 'turn' }, 0, moment);
  assert.deepEqual(sending, { is: 'sending', attempt: 1, since: 1_000 });
  const refusal = { what: 'refused', passing: true, retryAfterMs: 2_000, reason: 'slow down' } as const;
  const waiting = nextSending(sending, refusal, 1, moment);
  assert.deepEqual(waiting, { is: 'waiting', attempt: 1, until: 3_000 });
  assert.deepEqual(nextSending(waiting, { what: 'due' }, 1, moment), { is: 'queued' });
});

test('what is refused for good fails, and only a person sends it again', () => {
  const sending: Sending = { is: 'sending', attempt: 1, since: 0 };
  const failed = nextSending(sending, { what: 'refused', passing: false, retryAfterMs: null, reason: 'no' }, 1, moment);
  assert.deepEqual(failed, { is: 'failed', reason: 'no' });
  assert.equal(nextSending(failed, { what: 'turn' }, 1, moment), failed);
  assert.equal(nextSending(failed, { what: 'lost' }, 1, moment), failed);
  assert.deepEqual(nextSending(failed, { what: 'retry' }, 1, moment), { is: 'queued' });
});

test('only the first may go, what waits holds the others back, what failed steps aside', () => {
  const queued = outgoing('b', { is: 'queued' });
  assert.equal(turnOf([outgoing('a', { is: 'sending', attempt: 1, since: 0 }), queued]), null);
  assert.equal(turnOf([outgoing('a', { is: 'waiting', attempt: 1, until: 9 }), queued]), null);
  assert.equal(turnOf([outgoing('a', { is: 'failed', reason: '' }), queued]), queued);
  assert.equal(turnOf([]), null);
});

async function setUp(shelf = new FakeShelf()): Promise<{
  clock: FakeClock;
  sockets: FakeSocket[];
  sender: Sender;
  store: Store;
  connection: Connection;
  accept: (sent: Message) => void;
}> {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const store = new Store({ ...startState, me: alice });
  const connection: Connection = new Connection(
    {
      open: async () => {
        sockets.push(new FakeSocket());
        return sockets.at(-1)!;
      },
      renew: async () => 'fresh',
      heard: () => undefined,
      changed: (life) => {
        if (life.is === 'live') sender.advance();
        else sender.lost();
      },
    },
    clock,
  );
  const keep = new Keep(shelf, 'https://chat.example', 'acme', 'alice');
  const accept = (sent: Message): void => {
    store.update((state) => land(state, sent, false).state);
    sender.forget(sent.client_message_id!);
    sender.advance();
  };
  const sender: Sender = new Sender(store, connection, new Api('https://chat.example', null), keep, clock, accept);
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected' });
  return { clock, sockets, sender, store, connection, accept };
}

const sent = (socket: FakeSocket): unknown[] =>
  socket.said.filter((frame) => frame.type === 'send').map((frame) => frame.content);

test('one message is under way at a time, and the next goes when it was accepted', async () => {
  const { sockets, sender, accept } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  assert.deepEqual(sent(sockets[0]!), ['one']);
  accept(message(1, { sender_id: 'alice', client_message_id: first.id }));
  assert.deepEqual(sent(sockets[0]!), ['one', 'two']);
});

test('conversations do not wait for each other', async () => {
  const { sockets, sender } = await setUp();
  sender.send('c1', 'one', []);
  sender.send('c2', 'other', []);
  assert.deepEqual(sent(sockets[0]!), ['one', 'other']);
});

test('what was under way when the connection was lost goes first, under the same id', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected' });
  assert.deepEqual(
    sockets[1]!.said.map((frame) => frame.client_message_id),
    [first.id],
  );
});

test('an answer that does not come sends the same message again', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  await clock.pass(15_000);
  assert.deepEqual(
    sockets[0]!.said.filter((frame) => frame.type === 'send').map((frame) => frame.client_message_id),
    [first.id, first.id],
  );
});

test('a rate limit makes the queue wait as long as it says, and go on in order', async () => {
  const { clock, sockets, sender } = await setUp();
  const first = sender.send('c1', 'one', []);
  sender.send('c1', 'two', []);
  sender.refused({
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

test('what was not sent is there after a reload, in order, and is gone once accepted', async () => {
  const shelf = new FakeShelf();
  const before = await setUp(shelf);
  before.connection.happen({ what: 'offline' });
  before.sender.send('c1', 'one', []);
  await before.clock.pass(10);
  before.sender.send('c1', 'two', []);
  const after = await setUp(shelf);
  after.sender.restore();
  const restored = after.store.state.queues.get('c1')!;
  assert.deepEqual(
    restored.map((one) => one.content),
    ['one', 'two'],
  );
  assert.deepEqual(sent(after.sockets[0]!), ['one']);
  after.accept(message(1, { sender_id: 'alice', client_message_id: restored[0]!.id }));
  after.accept(message(2, { sender_id: 'alice', client_message_id: restored[1]!.id }));
  assert.equal(shelf.length, 0);
});
