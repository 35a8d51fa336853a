import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice } from '../testing/fakes.ts';
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

/** Answers each request with the next response and records the requests' headers. */
function answer(responses: Response[]): Headers[] {
  const received: Headers[] = [];
  globalThis.fetch = (_url, init) => {
    received.push(new Headers(init?.headers));
    return Promise.resolve(responses.shift() ?? new Response('{}'));
  };
  return received;
}

test('requests name the person of the page, and only the question whose the credentials are does not', async () => {
  const received = answer([]);
  const http = new HttpClient('https://chat.example', null);
  http.actFor({ ...alice, csrf_token: 'csrf' });
  await http.json('conversations/');
  await http.json('conversations/c1/typing/', { method: 'POST' });
  await http.json('me/', { ofAnyPerson: true });
  assert.deepEqual(
    received.map((headers) => [headers.get('X-Chat-User'), headers.get('X-CSRFToken')]),
    [
      ['alice', null],
      ['alice', 'csrf'],
      [null, null],
    ],
  );
});

test('credentials of another person are reported and not renewed', async () => {
  const other = JSON.stringify({ type: 'urn:secureapprove:chat:problem:other-person' });
  let asked = 0;
  let reported = 0;
  const received = answer([new Response(other, { status: 401 })]);
  const http = new HttpClient('https://chat.example', () => `token ${++asked}`);
  http.actFor(alice);
  http.onOtherPerson = () => reported++;
  await assert.rejects(http.json('conversations/'), { status: 401 });
  assert.deepEqual([received.length, asked, reported], [1, 1, 1]);
});

test('a CSRF token is not renewed with the session of another person', async () => {
  const other = JSON.stringify({ type: 'urn:secureapprove:chat:problem:other-person' });
  let reported = 0;
  const received = answer([new Response('{}', { status: 403 }), new Response(other, { status: 401 })]);
  const http = new HttpClient('https://chat.example', null);
  http.actFor({ ...alice, csrf_token: 'csrf' });
  http.onOtherPerson = () => reported++;
  await assert.rejects(http.json('conversations/c1/archive/', { method: 'PATCH' }), { status: 403 });
  assert.deepEqual([received.length, reported], [2, 1]);
});
