import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Texts } from '../i18n/texts.ts';
import { emptyThread, type Thread } from '../state/model.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import { entriesOf, keyOf, type Entry } from './entries.ts';
import { message } from '../testing/fakes.ts';

const texts = new Texts('en', 'en', 'UTC');
const now = Date.parse('2026-03-02T09:00:00Z');

test('a message keeps its place when the gateway has stored it', () => {
  const yesterday = message(1, { created_at: '2026-03-01T18:00:00Z', sender_id: 'me' });
  const outgoing: OutgoingMessage = {
    id: 'key',
    conversationId: 'c1',
    content: 'Hello',
    attachments: [],
    createdAt: now,
    state: { kind: 'queued' },
  };
  const sent = message(2, { created_at: '2026-03-02T09:00:00.200Z', sender_id: 'me', client_message_id: 'key' });

  const before = entries({ ...emptyThread, messages: [yesterday] }, [outgoing]);
  const after = entries({ ...emptyThread, messages: [yesterday, sent] }, []);

  assert.deepEqual(before.map(positionOf), after.map(positionOf));
  assert.equal(after[1]!.day, 'Today');
});

test('a pending message is grouped with the message sent just before', () => {
  const sent = message(1, { created_at: '2026-03-02T08:59:00Z', sender_id: 'me' });
  const outgoing: OutgoingMessage = {
    id: 'key',
    conversationId: 'c1',
    content: 'Hello',
    attachments: [],
    createdAt: now,
    state: { kind: 'queued' },
  };

  const [first, second] = entries({ ...emptyThread, messages: [sent] }, [outgoing]);

  assert.deepEqual([first!.grouping.first, first!.grouping.last], [true, false]);
  assert.deepEqual([second!.grouping.first, second!.grouping.last], [false, true]);
});

function entries(thread: Thread, queue: readonly OutgoingMessage[]): Entry[] {
  return entriesOf(texts, now, 'me', { thread, queue, from: null, to: null, named: false });
}

function positionOf(entry: Entry): unknown {
  return [keyOf(entry), entry.day, entry.newLine, entry.grouping];
}
