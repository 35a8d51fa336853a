import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewalIn, tokenEnd } from '../api/token.ts';
import { Keep } from '../state/keep.ts';
import { nextUploading, refusalOf } from '../state/uploads.ts';
import { initialsOf, toneOf } from './avatar.ts';
import { matches } from './search.ts';
import { codePoints, isBigEmoji, piecesOf } from './text.ts';
import { FakeShelf, limits } from '../testing/fakes.ts';

const links = (text: string): (string | null)[] =>
  piecesOf(text)
    .map((piece) => piece.href)
    .filter((href) => href !== null);

test('links are found and nothing is lost around them', () => {
  const text = 'See https://a.example/x?y=1, (www.b.example) or me@c.example.';
  assert.deepEqual(links(text), ['https://a.example/x?y=1', 'https://www.b.example/', 'mailto:me@c.example']);
  assert.equal(
    piecesOf(text)
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

test('a bracket within a link stays, one around it does not', () => {
  assert.deepEqual(links('https://a.example/x_(y)'), ['https://a.example/x_(y)']);
  assert.deepEqual(links('(https://a.example/x)'), ['https://a.example/x']);
});

test('a few emoji alone are large', () => {
  for (const big of ['🎉', '👍🏽', '👩‍💻', '❤️ ❤️']) assert.equal(isBigEmoji(big), true, big);
  for (const small of ['', '1', 'ok 🎉', '🎉🎉🎉🎉']) assert.equal(isBigEmoji(small), false, small);
});

test('length is counted in code points', () => {
  assert.equal(codePoints('a🎉é'), 3);
});

test('search finds words anywhere and does not mind accents', () => {
  assert.equal(matches('kovacs eva', 'Éva Kovács', null), true);
  assert.equal(matches('eva x', 'Éva Kovács', 'eva@acme.example'), true);
  assert.equal(matches('zoe', 'Éva Kovács'), false);
  assert.equal(matches('  ', 'anything'), true);
});

test('initials are whole characters of any script, and a tone is always the same', () => {
  assert.equal(initialsOf('Bob Okafor'), 'BO');
  assert.equal(initialsOf('bob'), 'B');
  assert.equal(initialsOf('محمد عبد الله'), 'ما');
  assert.equal(initialsOf('<b>'), 'B');
  assert.equal(initialsOf(''), '?');
  assert.equal(toneOf('u1'), toneOf('u1'));
});

test('files are refused before they are sent, with the reason', () => {
  const file = (name: string, size: number, type = ''): Pick<File, 'name' | 'size' | 'type'> => ({ name, size, type });
  assert.equal(refusalOf(file('a.png', 10, 'image/png'), 0, limits), null);
  assert.equal(refusalOf(file('TABLE.CSV', 10), 0, limits), null);
  assert.equal(refusalOf(file('a.svg', 10, 'image/svg+xml'), 0, limits), 'type');
  assert.equal(refusalOf(file('a.html', 10, 'text/html'), 0, limits), 'type');
  assert.equal(refusalOf(file('a.png', limits.attachment_bytes + 1), 0, limits), 'too_big');
  assert.equal(refusalOf(file('a.png', 0), 0, limits), 'empty');
  assert.equal(refusalOf(file('a.png', 10), 10, limits), 'too_many');
});

test('an upload goes forward, fails, and is tried again', () => {
  const half = nextUploading({ is: 'uploading', share: 0 }, { what: 'progress', share: 0.5 });
  assert.deepEqual(nextUploading(half, { what: 'progress', share: 0.2 }), { is: 'uploading', share: 0.5 });
  const failed = nextUploading(half, { what: 'failed', reason: null });
  assert.deepEqual(nextUploading(failed, { what: 'retry' }), { is: 'uploading', share: 0 });
  const refused = { is: 'refused', why: 'type' } as const;
  assert.equal(nextUploading(refused, { what: 'retry' }), refused);
});

test('what is kept belongs to one gateway, tenant and person', () => {
  const shelf = new FakeShelf();
  const hers = new Keep(shelf, 'https://chat.example', 'acme', 'alice');
  const his = new Keep(shelf, 'https://chat.example', 'acme', 'bob');
  hers.keepDraft('c1', { content: 'secret', attachments: [] });
  his.keepDraft('c1', { content: 'his', attachments: [] });
  assert.equal(his.draft('c1').content, 'his');
  assert.equal(new Keep(shelf, 'https://chat.example', 'globex', 'alice').draft('c1').content, '');
  hers.clear();
  assert.equal(hers.draft('c1').content, '');
  assert.equal(his.draft('c1').content, 'his');
});

test('storage that is forbidden or broken costs only the keeping', () => {
  const none = new Keep(null, 'https://chat.example', 'acme', 'alice');
  none.keepDraft('c1', { content: 'x', attachments: [] });
  assert.deepEqual(none.draft('c1'), { content: '', attachments: [] });
  assert.deepEqual(none.queued(), []);
});

test('a token is renewed before it ends', () => {
  const payload = Buffer.from(JSON.stringify({ exp: 1_000 })).toString('base64url');
  assert.equal(tokenEnd(`x.${payload}.y`), 1_000_000);
  assert.equal(tokenEnd('opaque'), null);
  assert.equal(renewalIn(300_000, 0), 240_000);
  assert.equal(renewalIn(80_000, 0), 60_000);
  assert.equal(renewalIn(0, 5_000), 5_000);
});
