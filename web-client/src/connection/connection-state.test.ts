import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  backoffMs,
  timerAt,
  isPolling,
  transition,
  connectionStatus,
  type ConnectionEvent,
  type ConnectionState,
  type Command,
} from './connection-state.ts';

const middle = 0.5;

/** Dispatches the events at their times and returns the last state and the commands of the last event. */
function run(
  start: ConnectionState,
  ...steps: [number, ConnectionEvent][]
): { state: ConnectionState; commands: Command[] } {
  let state = start;
  let commands: readonly Command[] = [];
  for (const [now, event] of steps) [state, commands] = transition(state, event, { now, random: middle });
  return { state, commands: [...commands] };
}

const stopped: ConnectionState = { kind: 'stopped' };
const connected: [number, ConnectionEvent] = [10, { type: 'connected', pingIntervalS: 30 }];

test('starting opens a socket, and the connected frame makes it live', () => {
  assert.deepEqual(run(stopped, [0, { type: 'start' }]).commands, ['open']);
  assert.equal(run(stopped, [0, { type: 'start' }], connected).state.kind, 'live');
});

test('the backoff doubles from one second to thirty, with jitter', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 20].map((failures) => backoffMs(failures, middle)),
    [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000],
  );
  assert.equal(backoffMs(1, 0), 750);
  assert.equal(backoffMs(1, 1), 1250);
});

test('a lost connection is opened again after the backoff and not before', () => {
  const lost = run(stopped, [0, { type: 'start' }], connected, [60_000, { type: 'closed', code: 1006 }]).state;
  assert.equal(timerAt(lost), 61_000);
  assert.deepEqual(run(lost, [60_500, { type: 'timer_fired' }]).commands, []);
  assert.deepEqual(run(lost, [61_000, { type: 'timer_fired' }]).commands, ['open']);
});

test('a connection closed by a draining gateway is opened again within a second', () => {
  const state = run(stopped, [0, { type: 'start' }], connected, [60_000, { type: 'closed', code: 1001 }]).state;
  assert.ok(timerAt(state)! <= 61_000);
  assert.equal(connectionStatus(state), 'opening');
});

test('after close code 4429 the longest backoff applies', () => {
  const state = run(stopped, [0, { type: 'start' }], [100, { type: 'closed', code: 4429 }]).state;
  assert.equal(timerAt(state), 30_100);
});

test('a connection sends pings at its interval, and a ping without an answer opens a new socket', () => {
  const { state } = run(stopped, [0, { type: 'start' }], connected);
  const pinged = run(state, [30_010, { type: 'timer_fired' }]);
  assert.deepEqual(pinged.commands, ['ping']);
  assert.equal(timerAt(pinged.state), 45_010);
  const silent = run(pinged.state, [45_010, { type: 'timer_fired' }]);
  assert.deepEqual(silent.commands, ['open']);
  assert.equal(connectionStatus(silent.state), 'reconnecting');
});

test('any frame is an answer to the ping', () => {
  const { state } = run(
    stopped,
    [0, { type: 'start' }],
    connected,
    [30_010, { type: 'timer_fired' }],
    [31_000, { type: 'frame_received' }],
  );
  assert.equal(timerAt(state), 60_010);
});

for (const type of ['foregrounded', 'online', 'probe'] as const) {
  test(`${type} probes a live socket: an answer within five seconds, or a new one`, () => {
    const { state, commands } = run(stopped, [0, { type: 'start' }], connected, [20_000, { type }]);
    assert.deepEqual(commands, ['ping']);
    assert.equal(timerAt(state), 25_000);
    assert.deepEqual(run(state, [21_000, { type }]).commands, []);
    assert.deepEqual(run(state, [25_000, { type: 'timer_fired' }]).commands, ['open']);
    assert.equal(timerAt(run(state, [24_000, { type: 'frame_received' }]).state), 50_000);
  });

  test(`${type} does not wait for the longer time-out of a regular ping`, () => {
    const { state } = run(stopped, [0, { type: 'start' }], connected, [30_010, { type: 'timer_fired' }]);
    assert.equal(timerAt(run(state, [31_000, { type }]).state), 36_000);
  });
}

test('a handshake from before the sleep is repeated, a recent one is not', () => {
  const { state } = run(stopped, [0, { type: 'start' }]);
  assert.deepEqual(run(state, [4_999, { type: 'foregrounded' }]).commands, []);
  assert.deepEqual(run(state, [5_000, { type: 'foregrounded' }]).commands, ['open']);
});

test('an expired token is renewed once, and a refusal ends the connection', () => {
  const ended = run(stopped, [0, { type: 'start' }], connected, [20_000, { type: 'closed', code: 4401 }]);
  assert.deepEqual(ended.commands, ['renew']);
  assert.deepEqual(run(ended.state, [20_100, { type: 'credentials_renewed', outcome: 'fresh' }]).commands, ['open']);
  assert.deepEqual(run(ended.state, [20_100, { type: 'credentials_renewed', outcome: 'refused' }]).state, {
    kind: 'ended',
    reason: 'signed_out',
  });
});

test('a token that is refused repeatedly leads to a backoff', () => {
  const { state } = run(
    stopped,
    [0, { type: 'start' }],
    [10, { type: 'closed', code: 4401 }],
    [20, { type: 'credentials_renewed', outcome: 'fresh' }],
    [30, { type: 'closed', code: 4401 }],
    [40, { type: 'credentials_renewed', outcome: 'fresh' }],
  );
  assert.equal(state.kind, 'waiting');
});

test('close code 4403 ends the connection for good', () => {
  const { state } = run(stopped, [0, { type: 'start' }], [10, { type: 'closed', code: 4403 }]);
  assert.equal(connectionStatus(state), 'no_tenant');
  assert.deepEqual(run(state, [20, { type: 'online' }]).commands, []);
});

test('two failures in a row start polling, and successful polling shows a limited connection', () => {
  const once = run(stopped, [0, { type: 'start' }], [10, { type: 'closed', code: 1006 }]).state;
  assert.equal(isPolling(once), false);
  const twice = run(once, [1_010, { type: 'timer_fired' }], [1_020, { type: 'closed', code: 1006 }]).state;
  assert.equal(isPolling(twice), true);
  assert.equal(connectionStatus(twice), 'reconnecting');
  const polled = run(twice, [1_100, { type: 'polled', ok: true }]).state;
  assert.equal(connectionStatus(polled), 'limited');
  const again = run(polled, [4_000, { type: 'timer_fired' }]).state;
  assert.equal(connectionStatus(again), 'limited');
  assert.equal(connectionStatus(run(again, [4_010, { type: 'connected', pingIntervalS: 30 }]).state), 'live');
});

test('a handshake without an answer times out after ten seconds', () => {
  const { state, commands } = run(stopped, [0, { type: 'start' }], [10_000, { type: 'timer_fired' }]);
  assert.deepEqual(commands, ['close']);
  assert.equal(state.kind, 'waiting');
});

test('going offline closes the socket, and coming online opens one at once', () => {
  const offline = run(stopped, [0, { type: 'start' }], connected, [20, { type: 'offline' }]);
  assert.deepEqual(offline.commands, ['close']);
  assert.equal(timerAt(offline.state), null);
  assert.deepEqual(run(offline.state, [30, { type: 'online' }]).commands, ['open']);
});

test('a tab in the foreground reconnects at once', () => {
  const { state } = run(stopped, [0, { type: 'start' }], [10, { type: 'closed', code: 1006 }]);
  assert.deepEqual(run(state, [20, { type: 'foregrounded' }]).commands, ['open']);
});

test('late events change nothing', () => {
  assert.deepEqual(transition(stopped, { type: 'closed', code: 1006 }, { now: 0, random: 0 }), [stopped, []]);
  assert.deepEqual(transition(stopped, { type: 'timer_fired' }, { now: 0, random: 0 }), [stopped, []]);
  assert.deepEqual(transition(stopped, { type: 'credentials_renewed', outcome: 'fresh' }, { now: 0, random: 0 }), [
    stopped,
    [],
  ]);
});
