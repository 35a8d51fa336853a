import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codePoints, isBigEmoji, splitLinks } from './text.ts';

const links = (text: string): (string | null)[] =>
  splitLinks(text)
    .map((piece) => piece.href)
    .filter((href) => href !== null);

test('links are found and the text around them is kept', () => {
  const text = 'See https://a.example/x?y=1, (www.b.example) or me@c.example.';
  assert.deepEqual(links(text), ['https://a.example/x?y=1', 'https://www.b.example/', 'mailto:me@c.example']);
  assert.equal(
    splitLinks(text)
      .map((piece) => piece.text)
      .join(''),
    text,
  );
});

test('only http, https and mailto become links', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'JaVaScRiPt://%0aalert(1)',
  ]) {
    assert.deepEqual(links(text), [], text);
  }
});

test('a bracket within a link belongs to it, a bracket around it does not', () => {
  assert.deepEqual(links('https://a.example/x_(y)'), ['https://a.example/x_(y)']);
  assert.deepEqual(links('(https://a.example/x)'), ['https://a.example/x']);
});

test('up to three emoji without text are large', () => {
  for (const big of ['🎉', '👍🏽', '👩‍💻', '❤️ ❤️']) assert.equal(isBigEmoji(big), true, big);
  for (const small of ['', '1', 'ok 🎉', '🎉🎉🎉🎉']) assert.equal(isBigEmoji(small), false, small);
});

test('length is counted in code points', () => {
  assert.equal(codePoints('a🎉é'), 3);
});

test('a link ends at a bidirectional control character', () => {
  assert.deepEqual(splitLinks('see https://a.example/\u202Egnp.exe'), [
    { text: 'see ', href: null },
    { text: 'https://a.example/', href: 'https://a.example/' },
    { text: '\u202Egnp.exe', href: null },
  ]);
});
