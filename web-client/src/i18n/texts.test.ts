import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogs, chooseLanguage, localeOf, Texts, type Key, type Language, type Plural } from './texts.ts';

const languages = Object.keys(catalogs) as Language[];
const keys = Object.keys(catalogs.en) as Key[];

const placeholdersOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
const formsOf = (text: string | Plural): string[] =>
  typeof text === 'string' ? [text] : Object.values<string>({ ...text });

for (const language of languages) {
  test(`every text exists in ${language}, with the same placeholders`, () => {
    assert.deepEqual(Object.keys(catalogs[language]).sort(), [...keys].sort());
    for (const key of keys) {
      const placeholders = new Set(formsOf(catalogs.en[key]).flatMap(placeholdersOf));
      for (const form of formsOf(catalogs[language][key])) {
        assert.notEqual(form.trim(), '', `${key} is empty`);
        for (const placeholder of placeholdersOf(form))
          assert.ok(placeholders.has(placeholder), `${key} has an unknown placeholder ${placeholder}`);
      }
      assert.equal(typeof catalogs[language][key], typeof catalogs.en[key], key);
    }
  });
}

test('the first supported language is chosen', () => {
  assert.equal(chooseLanguage(['de', 'pt', 'en']), 'pt-BR');
  assert.equal(chooseLanguage([null, '', 'es-MX']), 'es');
  assert.equal(chooseLanguage(['fr']), 'en');
  assert.equal(localeOf('en', ['es', 'en-GB']), 'en-GB');
  assert.equal(localeOf('es', ['en-GB']), 'es');
});

test('plural forms follow the language', () => {
  const texts = new Texts('en');
  assert.equal(texts.t('jump_new', { n: 1 }), '1 new message');
  assert.equal(texts.t('jump_new', { n: 1200 }), '1,200 new messages');
  assert.equal(new Texts('pt-BR').t('jump_new', { n: 2 }), '2 novas mensagens');
});

test('days are counted by the calendar, not by hours', () => {
  const texts = new Texts('en', 'en', 'Europe/Madrid');
  const now = Date.parse('2026-03-02T00:30:00+01:00');
  assert.equal(texts.day('2026-03-01T23:59:00+01:00', now), 'Yesterday');
  assert.equal(texts.day('2026-03-02T00:01:00+01:00', now), 'Today');
  assert.equal(texts.brief('2026-02-27T10:00:00+01:00', now), 'Fri');
});

test('a value is never parsed for placeholders', () => {
  assert.equal(new Texts('en').t('typing_one', { a: '{b}' }), '{b} is typing…');
});
