import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from './search.ts';

test('search finds words in any field and ignores accents and case', () => {
  assert.equal(matches('kovacs eva', 'Éva Kovács', null), true);
  assert.equal(matches('eva x', 'Éva Kovács', 'eva@acme.example'), true);
  assert.equal(matches('zoe', 'Éva Kovács'), false);
  assert.equal(matches('  ', 'anything'), true);
});
