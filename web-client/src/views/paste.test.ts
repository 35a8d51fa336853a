import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pasteOf, type Paste } from './paste.ts';

const picture = { name: 'image.png', type: 'image/png' };

function paste(texts: Record<string, string>, ...files: { name: string; type: string }[]): Paste {
  return pasteOf({ files, getData: (type) => texts[type] ?? '' });
}

test('cells of a spreadsheet are pasted as text, not as their picture', () => {
  const html =
    '<html><head><style>td { color: red }</style></head><body><!--StartFragment-->' +
    '<table><tr><td>a</td><td>1</td></tr></table>';
  assert.deepEqual(paste({ 'text/plain': 'a\t1\r\n', 'text/html': html }, picture), { kind: 'plain' });
  assert.deepEqual(paste({ 'text/plain': 'Total' }, picture), { kind: 'plain' });
  assert.deepEqual(paste({ 'text/plain': '42', 'text/html': '<p>42</p>' }, picture), { kind: 'plain' });
});

test('text that is only there as HTML is pasted as text', () => {
  const html =
    '<table>\n<tr><td>a &amp; b</td>\n<td>1&nbsp;&#8364;</td></tr>' + '<tr><td>c</td><td><b>2</b></td></tr></table>';
  assert.deepEqual(paste({ 'text/html': html }, picture), { kind: 'text', text: 'a & b\t1 €\nc\t2' });
});

test('a picture is pasted as a file', () => {
  const html = '<meta charset="utf-8"><img src="https://example.test/a.png" alt="a">';
  assert.deepEqual(paste({}, picture), { kind: 'files' });
  assert.deepEqual(paste({ 'text/html': html }, picture), { kind: 'files' });
  assert.deepEqual(paste({ 'text/html': html, 'text/plain': 'https://example.test/a.png' }, picture), {
    kind: 'files',
  });
});

test('files of a file manager are pasted as files', () => {
  const photo = { name: 'photo.jpg', type: 'image/jpeg' };
  const report = { name: 'report.pdf', type: 'application/pdf' };
  assert.deepEqual(paste({ 'text/plain': 'photo.jpg' }, photo), { kind: 'files' });
  assert.deepEqual(paste({ 'text/plain': '/home/ann/photo.jpg\n' }, photo), { kind: 'files' });
  assert.deepEqual(paste({ 'text/plain': 'file:///home/ann/photo.jpg' }, photo), { kind: 'files' });
  assert.deepEqual(paste({ 'text/plain': 'report.pdf' }, report), { kind: 'files' });
  assert.deepEqual(paste({ 'text/plain': 'anything' }, report, picture), { kind: 'files' });
});

test('text alone is left to the browser', () => {
  assert.deepEqual(paste({ 'text/plain': 'hello', 'text/html': '<b>hello</b>' }), { kind: 'plain' });
});
