import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpClient } from './http.ts';

/** Answers each request with the next status and records the requests' Authorization headers. */
function answerWith(statuses: number[]): (string | null)[] {
  const received: (string | null)[] = [];
  globalThis.fetch = (_url, init) => {
    received.push(new Headers(init?.headers).get('Authorization'));
    return Promise.resolve(new Response('{}', { status: statuses.shift() ?? 200 }));
  };
  return received;
}

test('a refused token is renewed and the request repeated once', async () => {
  const tokens = ['old', 'new', 'newer'];
  const received = answerWith([401, 200]);
  const http = new HttpClient('https://chat.example', () => tokens.shift() ?? '');
  await http.json('me/');
  assert.deepEqual(received, ['Bearer old', 'Bearer new']);
});

test('a token that stays the same is not tried again', async () => {
  const received = answerWith([401, 200]);
  const http = new HttpClient('https://chat.example', () => 'same');
  await assert.rejects(http.json('me/'), { status: 401 });
  assert.deepEqual(received, ['Bearer same']);
});
