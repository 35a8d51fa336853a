import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection, type Outside } from './connection.ts';
import { FakeClock, FakeSocket, settled } from '../testing/fakes.ts';

function setUp(): {
  clock: FakeClock;
  sockets: FakeSocket[];
  asked: (string | null)[];
  heard: [string, boolean][];
  connection: Connection;
} {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const asked: (string | null)[] = [];
  const heard: [string, boolean][] = [];
  const outside: Outside = {
    open: async (lastEventId) => {
      asked.push(lastEventId);
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    renew: async () => 'fresh',
    heard: (frame, fresh) => heard.push([frame.type, fresh]),
    changed: () => undefined,
  };
  return { clock, sockets, asked, heard, connection: new Connection(outside, clock) };
}

test('a connection resumes after the last event it heard', async () => {
  const { clock, sockets, asked, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[0]!.hears({ type: 'message_created', event_id: 'e2' });
  sockets[0]!.hears({ type: 'pong', event_id: 'e3' });
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  assert.deepEqual(asked, [null, 'e3']);
});

test('until the first missed event has come, it stands where it stood', async () => {
  const { clock, sockets, asked, heard, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[1]!.drops(1006);
  await clock.pass(2_000);
  sockets[2]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[2]!.hears({ type: 'message_created', event_id: 'e2' });
  sockets[2]!.drops(1006);
  await clock.pass(2_000);
  assert.deepEqual(asked, [null, 'e1', 'e1', 'e2']);
  assert.ok(!heard.some(([type]) => type === 'resync'));
});

test('a gateway that greets elsewhere has not taken it back: everything is to be loaded anew, once', async () => {
  const { clock, sockets, asked, heard, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected', event_id: 'e9' });
  sockets[1]!.hears({ type: 'resync', event_id: 'e9' });
  sockets[1]!.hears({ type: 'pong', event_id: 'e10' });
  sockets[1]!.hears({ type: 'resync', event_id: 'e12' });
  sockets[1]!.drops(1006);
  await clock.pass(2_000);
  assert.deepEqual(asked, [null, 'e1', 'e12']);
  assert.deepEqual(
    heard.map(([type]) => type),
    ['connected', 'connected', 'resync', 'pong', 'resync'],
  );
});

test('without a position it begins afresh, and says so', async () => {
  const { clock, sockets, asked, heard, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected' });
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected' });
  assert.deepEqual(asked, [null, null]);
  assert.deepEqual(heard, [
    ['connected', true],
    ['connected', true],
  ]);
});

test('after resync it stands where the greeting said', async () => {
  const { clock, sockets, asked, heard, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected', event_id: 'e9' });
  sockets[1]!.hears({ type: 'resync' });
  sockets[1]!.drops(1006);
  await clock.pass(2_000);
  assert.deepEqual(asked, [null, 'e1', 'e9']);
  assert.deepEqual(heard, [
    ['connected', true],
    ['connected', false],
    ['resync', false],
  ]);
});

test('frames that are no frames are passed over', async () => {
  const { sockets, heard, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.onmessage?.({ data: 'not json' });
  sockets[0]!.onmessage?.({ data: 'null' });
  sockets[0]!.hears({ type: 'connected' });
  assert.deepEqual(heard, [['connected', true]]);
});

test('nothing is said before it is live, and an old socket has no say after a new one', async () => {
  const { clock, sockets, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  assert.equal(connection.say({ type: 'ping' }), false);
  sockets[0]!.hears({ type: 'connected' });
  const old = sockets[0]!;
  const oldClose = old.onclose;
  old.drops(1006);
  await clock.pass(2_000);
  sockets[1]!.hears({ type: 'connected' });
  oldClose?.({ code: 4403 });
  assert.equal(connection.life.is, 'live');
});

test('it pings at the interval the gateway asked for', async () => {
  const { clock, sockets, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected', ping_interval_s: 10 });
  await clock.pass(25_000);
  assert.deepEqual(sockets[0]!.said, [{ type: 'ping' }, { type: 'ping' }]);
});

test('stopping closes and stays closed', async () => {
  const { clock, sockets, connection } = setUp();
  connection.happen({ what: 'start' });
  await settled();
  sockets[0]!.hears({ type: 'connected' });
  connection.happen({ what: 'stop' });
  await clock.pass(200_000);
  assert.equal(sockets[0]!.closed, true);
  assert.equal(sockets.length, 1);
});
