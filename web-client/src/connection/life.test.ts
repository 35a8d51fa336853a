import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, dueAt, isPolling, next, standing, type Happening, type Life, type Order } from './life.ts';

const middle = 0.5;

/** Lives through what happens, a step at a time, and gives where that ends. */
function live(start: Life, ...steps: [number, Happening][]): { life: Life; orders: Order[] } {
  let life = start;
  let orders: readonly Order[] = [];
  for (const [now, happening] of steps) [life, orders] = next(life, happening, { now, random: middle });
  return { life, orders: [...orders] };
}

const stopped: Life = { is: 'stopped' };
const connected: [number, Happening] = [10, { what: 'connected', pingIntervalS: 30 }];

test('starting opens a socket and greeting makes it live', () => {
  assert.deepEqual(live(stopped, [0, { what: 'start' }]).orders, ['open']);
  assert.equal(live(stopped, [0, { what: 'start' }], connected).life.is, 'live');
});

test('waits double from one second to thirty, with jitter around them', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 20].map((failures) => backoffMs(failures, middle)),
    [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000],
  );
  assert.equal(backoffMs(1, 0), 750);
  assert.equal(backoffMs(1, 1), 1250);
});

test('a lost connection waits, then opens again when its time has come and not before', () => {
  const lost = live(stopped, [0, { what: 'start' }], connected, [60_000, { what: 'closed', code: 1006 }]).life;
  assert.equal(dueAt(lost), 61_000);
  assert.deepEqual(live(lost, [60_500, { what: 'due' }]).orders, []);
  assert.deepEqual(live(lost, [61_000, { what: 'due' }]).orders, ['open']);
});

test('a draining gateway is left at once', () => {
  const life = live(stopped, [0, { what: 'start' }], connected, [60_000, { what: 'closed', code: 1001 }]).life;
  assert.ok(dueAt(life)! <= 61_000);
  assert.equal(standing(life), 'opening');
});

test('too many connections are answered with the longest wait', () => {
  const life = live(stopped, [0, { what: 'start' }], [100, { what: 'closed', code: 4429 }]).life;
  assert.equal(dueAt(life), 30_100);
});

test('a connection is pinged when its interval has passed and given up after ninety silent seconds', () => {
  const { life } = live(stopped, [0, { what: 'start' }], connected);
  const pinged = live(life, [30_010, { what: 'due' }]);
  assert.deepEqual(pinged.orders, ['ping']);
  const silent = live(pinged.life, [60_010, { what: 'due' }], [90_010, { what: 'due' }]);
  assert.deepEqual(silent.orders, ['close']);
  assert.equal(silent.life.is, 'waiting');
});

test('a frame keeps a connection alive', () => {
  const { life } = live(stopped, [0, { what: 'start' }], connected, [50_000, { what: 'heard' }]);
  assert.equal(live(life, [90_010, { what: 'due' }]).life.is, 'live');
});

test('an ended token asks for another once, and a refusal ends it', () => {
  const ended = live(stopped, [0, { what: 'start' }], connected, [20_000, { what: 'closed', code: 4401 }]);
  assert.deepEqual(ended.orders, ['renew']);
  assert.deepEqual(live(ended.life, [20_100, { what: 'renewed', outcome: 'fresh' }]).orders, ['open']);
  assert.deepEqual(live(ended.life, [20_100, { what: 'renewed', outcome: 'refused' }]).life, {
    is: 'ended',
    why: 'signed_out',
  });
});

test('a token that is refused again and again does not make a storm', () => {
  const { life } = live(
    stopped,
    [0, { what: 'start' }],
    [10, { what: 'closed', code: 4401 }],
    [20, { what: 'renewed', outcome: 'fresh' }],
    [30, { what: 'closed', code: 4401 }],
    [40, { what: 'renewed', outcome: 'fresh' }],
  );
  assert.equal(life.is, 'waiting');
});

test('no tenant is final', () => {
  const { life } = live(stopped, [0, { what: 'start' }], [10, { what: 'closed', code: 4403 }]);
  assert.equal(standing(life), 'no_tenant');
  assert.deepEqual(live(life, [20, { what: 'online' }]).orders, []);
});

test('two failures in a row make it poll, and a poll that works says limited connection', () => {
  const once = live(stopped, [0, { what: 'start' }], [10, { what: 'closed', code: 1006 }]).life;
  assert.equal(isPolling(once), false);
  const twice = live(once, [1_010, { what: 'due' }], [1_020, { what: 'closed', code: 1006 }]).life;
  assert.equal(isPolling(twice), true);
  assert.equal(standing(twice), 'reconnecting');
  const polled = live(twice, [1_100, { what: 'polled', ok: true }]).life;
  assert.equal(standing(polled), 'limited');
  const again = live(polled, [4_000, { what: 'due' }]).life;
  assert.equal(standing(again), 'limited');
  assert.equal(standing(live(again, [4_010, { what: 'connected', pingIntervalS: 30 }]).life), 'live');
});

test('an attempt that nobody answers is given up after ten seconds', () => {
  const { life, orders } = live(stopped, [0, { what: 'start' }], [10_000, { what: 'due' }]);
  assert.deepEqual(orders, ['close']);
  assert.equal(life.is, 'waiting');
});

test('being offline closes, coming back opens without a wait', () => {
  const offline = live(stopped, [0, { what: 'start' }], connected, [20, { what: 'offline' }]);
  assert.deepEqual(offline.orders, ['close']);
  assert.equal(dueAt(offline.life), null);
  assert.deepEqual(live(offline.life, [30, { what: 'online' }]).orders, ['open']);
});

test('a tab that comes back to the front does not wait any longer', () => {
  const { life } = live(stopped, [0, { what: 'start' }], [10, { what: 'closed', code: 1006 }]);
  assert.deepEqual(live(life, [20, { what: 'woken' }]).orders, ['open']);
});

test('what comes late changes nothing', () => {
  assert.deepEqual(next(stopped, { what: 'closed', code: 1006 }, { now: 0, random: 0 }), [stopped, []]);
  assert.deepEqual(next(stopped, { what: 'due' }, { now: 0, random: 0 }), [stopped, []]);
  assert.deepEqual(next(stopped, { what: 'renewed', outcome: 'fresh' }, { now: 0, random: 0 }), [stopped, []]);
});
