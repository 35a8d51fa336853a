import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextUploadState, refusalOf } from './uploads.ts';
import { limits } from '../testing/fakes.ts';

test('files are refused before their upload, with the reason', () => {
  const file = (name: string, size: number): Pick<File, 'name' | 'size'> => ({ name, size });
  assert.equal(refusalOf(file('a.png', 10), 0, limits), null);
  for (const name of ['TABLE.CSV', 'report v1.2', 'report', 'data.tsv', 'notes.md', 'photo.jfif', 'letter.docx']) {
    assert.equal(refusalOf(file(name, 10), 0, limits), null, name);
  }
  assert.equal(refusalOf(file('a.svg', 10), 0, limits), 'type');
  assert.equal(refusalOf(file('A.HTML', 10), 0, limits), 'type');
  assert.equal(refusalOf(file('a.png', limits.attachment_bytes + 1), 0, limits), 'too_big');
  assert.equal(refusalOf(file('a.png', 0), 0, limits), 'empty');
  assert.equal(refusalOf(file('a.png', 10), 10, limits), 'too_many');
});

test('an upload progresses, fails and is retried', () => {
  const half = nextUploadState({ kind: 'uploading', fraction: 0 }, { type: 'progress', fraction: 0.5 });
  assert.deepEqual(nextUploadState(half, { type: 'progress', fraction: 0.2 }), { kind: 'uploading', fraction: 0.5 });
  const failed = nextUploadState(half, { type: 'failed', reason: null });
  assert.deepEqual(nextUploadState(failed, { type: 'retry_requested' }), { kind: 'uploading', fraction: 0 });
  const refused = { kind: 'refused', reason: 'type' } as const;
  assert.equal(nextUploadState(refused, { type: 'retry_requested' }), refused);
});
