import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedded, withoutControls } from './bidi.ts';
import { Texts } from './texts.ts';

test('names lose every bidirectional control character and nothing else', () => {
  const controls = '\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069';
  assert.equal(withoutControls(`${controls}Ann${controls}`), 'Ann');
  for (const kept of ['José', 'אבי', 'علی\u200Cرضا', '👩\u200D💻', '山田']) assert.equal(withoutControls(kept), kept);
});

test('a right-to-left name is isolated in a sentence, and cannot close its isolate', () => {
  assert.equal(embedded('Ann'), 'Ann');
  assert.equal(embedded('אבי\u2069'), '\u2068אבי\u2069');
  assert.equal(new Texts('en').t('typing_one', { a: '\u202EllopA' }), 'llopA is typing…');
});
