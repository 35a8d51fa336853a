import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourOf, initialsOf } from './avatar.ts';

test('initials are whole characters of any script, and a person always has the same colour', () => {
  assert.equal(initialsOf('Bob Okafor'), 'BO');
  assert.equal(initialsOf('bob'), 'B');
  assert.equal(initialsOf('محمد عبد الله'), 'ما');
  assert.equal(initialsOf('<b>'), 'B');
  assert.equal(initialsOf(''), '?');
  assert.equal(colourOf('u1'), colourOf('u1'));
});
