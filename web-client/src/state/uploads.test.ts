import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextUploadState, refusalOf } from './uploads.ts';
import { limits } from '../testing/fakes.ts';

test('files are refused before their upload, with the reason', () => {
  const file = (name: string, size: number, type = ''): Pick<File, 'name' | 'size' | 'type'> => ({ name, size, type });
  assert.equal(refusalOf(file('a.png', 10, 'image/png'), 0, limits), null);
  assert.equal(refusalOf(file('TABLE.CSV', 10), 0, limits), null);
  assert.equal(refusalOf(file('a.svg', 10, 'image/svg+xml'), 0, limits), 'type');
  assert.equal(refusalOf(file('a.html', 10, 'text/html'), 0, limits), 'type');
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
