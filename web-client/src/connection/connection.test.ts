import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection, type ConnectionCallbacks } from './connection.ts';
import { FakeClock, FakeSocket, settled } from '../testing/fakes.ts';

function setUp(): {
  clock: FakeClock;
  sockets: FakeSocket[];
  requested: (string | null)[];
  received: [string, boolean][];
  connection: Connection;
} {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const requested: (string | null)[] = [];
  const received: [string, boolean][] = [];
  const callbacks: ConnectionCallbacks = {
    openSocket: async (lastEventId) => {
      requested.push(lastEventId);
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    renewCredentials: async () => 'fresh',
    isMine: ({ user_id: id }) => id !== 'bob',
    onFrame: (frame, fresh) => received.push([frame.type, fresh]),
    onStateChange: () => undefined,
  };
  return { clock, sockets, requested, received, connection: new Connection(callbacks, clock) };
}

test('a connection resumes after the last received event', async () => {
  const { clock, sockets, requested, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[0]!.receive({ type: 'message_created', event_id: 'e2' });
  sockets[0]!.receive({ type: 'pong', event_id: 'e3' });
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  assert.deepEqual(requested, [null, 'e3']);
});

test('the resume position stays until the first missed event arrives', async () => {
  const { clock, sockets, requested, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[1]!.drop(1006);
  await clock.pass(2_000);
  sockets[2]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[2]!.receive({ type: 'message_created', event_id: 'e2' });
  sockets[2]!.drop(1006);
  await clock.pass(2_000);
  assert.deepEqual(requested, [null, 'e1', 'e1', 'e2']);
  assert.ok(!received.some(([type]) => type === 'resync'));
});

test('a connected frame at another position reports resync, once', async () => {
  const { clock, sockets, requested, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected', event_id: 'e9' });
  sockets[1]!.receive({ type: 'resync', event_id: 'e9' });
  sockets[1]!.receive({ type: 'pong', event_id: 'e10' });
  sockets[1]!.receive({ type: 'resync', event_id: 'e12' });
  sockets[1]!.drop(1006);
  await clock.pass(2_000);
  assert.deepEqual(requested, [null, 'e1', 'e12']);
  assert.deepEqual(
    received.map(([type]) => type),
    ['connected', 'connected', 'resync', 'pong', 'resync'],
  );
});

test('without a resume position the connection reports a fresh start', async () => {
  const { clock, sockets, requested, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected' });
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected' });
  assert.deepEqual(requested, [null, null]);
  assert.deepEqual(received, [
    ['connected', true],
    ['connected', true],
  ]);
});

test('after resync the resume position is that of the connected frame', async () => {
  const { clock, sockets, requested, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', event_id: 'e1' });
  sockets[0]!.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected', event_id: 'e9' });
  sockets[1]!.receive({ type: 'resync' });
  sockets[1]!.drop(1006);
  await clock.pass(2_000);
  assert.deepEqual(requested, [null, 'e1', 'e9']);
  assert.deepEqual(received, [
    ['connected', true],
    ['connected', false],
    ['resync', false],
  ]);
});

test('invalid frames are ignored', async () => {
  const { sockets, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.onmessage?.({ data: 'not json' });
  sockets[0]!.onmessage?.({ data: 'null' });
  sockets[0]!.receive({ type: 'connected' });
  assert.deepEqual(received, [['connected', true]]);
});

test('nothing is sent before the connection is live, and events of an old socket are ignored', async () => {
  const { clock, sockets, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  assert.equal(connection.send({ type: 'ping' }), false);
  sockets[0]!.receive({ type: 'connected' });
  const old = sockets[0]!;
  const oldClose = old.onclose;
  old.drop(1006);
  await clock.pass(2_000);
  sockets[1]!.receive({ type: 'connected' });
  oldClose?.({ code: 4403 });
  assert.equal(connection.state.kind, 'live');
});

test('pings are sent at the interval from the connected frame', async () => {
  const { clock, sockets, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', ping_interval_s: 10 });
  await clock.pass(25_000);
  assert.deepEqual(sockets[0]!.sent, [{ type: 'ping' }, { type: 'ping' }]);
});

test('a socket of another person never becomes live, and none of its frames is used', async () => {
  const { sockets, received, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', user_id: 'bob', event_id: 'e1' });
  assert.equal(connection.send({ type: 'ping' }), false);
  assert.deepEqual(received, []);
});

test('a socket that died in silence is replaced five seconds after a probe, and the new one resumes', async () => {
  const { clock, sockets, requested, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected', event_id: 'e1' });
  await clock.pass(2_000);
  connection.dispatch({ type: 'foregrounded' });
  await clock.pass(4_900);
  assert.equal(sockets.length, 1);
  await clock.pass(200);
  assert.equal(sockets[0]!.closed, true);
  assert.deepEqual(requested, [null, 'e1']);
});

test('a stopped connection stays closed', async () => {
  const { clock, sockets, connection } = setUp();
  connection.dispatch({ type: 'start' });
  await settled();
  sockets[0]!.receive({ type: 'connected' });
  connection.dispatch({ type: 'stop' });
  await clock.pass(200_000);
  assert.equal(sockets[0]!.closed, true);
  assert.equal(sockets.length, 1);
});
