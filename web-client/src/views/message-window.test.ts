import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendDown, extendUp, maxEntries } from './message-window.ts';

test('the window grows upward to the oldest loaded message', () => {
  assert.deepEqual(extendUp({ from: 100, to: null }, 100, 180, 1), { from: 60, to: null });
  assert.deepEqual(extendUp({ from: 100, to: null }, 100, 180, 90), { from: 90, to: null });
});

test('a window that grows upward drops messages at its end', () => {
  const { from, to } = extendUp({ from: 100, to: null }, 100, 240, 1);
  assert.deepEqual([from, to], [60, 60 + maxEntries - 1]);
});

test('the window grows downward and has no bound at the newest message', () => {
  assert.deepEqual(extendDown({ from: 60, to: 219 }, 500), { from: 100, to: 259 });
  assert.deepEqual(extendDown({ from: 60, to: 219 }, 240), { from: 100, to: null });
});
