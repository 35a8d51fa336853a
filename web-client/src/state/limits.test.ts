import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, limits } from '../testing/fakes.ts';
import { limitsOf } from './limits.ts';
import { initialState } from './model.ts';

test('the limits are those of me/, and the defaults before it was loaded', () => {
  assert.equal(limitsOf(initialState).content_characters, 5_000);
  const raised = { ...limits, attachment_bytes: 50_000_000 };
  assert.equal(limitsOf({ ...initialState, me: { ...alice, limits: raised } }), raised);
});
