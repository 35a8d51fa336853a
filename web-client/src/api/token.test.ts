import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewalIn, tokenExpiry } from './token.ts';

test('a token is renewed before it ends', () => {
  const payload = Buffer.from(JSON.stringify({ exp: 1_000 })).toString('base64url');
  assert.equal(tokenExpiry(`x.${payload}.y`), 1_000_000);
  assert.equal(tokenExpiry('opaque'), null);
  assert.equal(renewalIn(300_000, 0), 240_000);
  assert.equal(renewalIn(80_000, 0), 60_000);
  assert.equal(renewalIn(0, 5_000), 5_000);
});
