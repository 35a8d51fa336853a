import type { Message } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Thread } from '../state/model.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import type { Grouping } from './bubble.ts';
import { maxEntries } from './message-window.ts';

/** Messages of one sender within this time form a group. */
const groupingMs = 5 * 60_000;

export type Entry =
  | { kind: 'message'; message: Message; day: string | null; newLine: boolean; grouping: Grouping }
  | { kind: 'pending'; outgoing: OutgoingMessage; day: string | null; newLine: false; grouping: Grouping };

type Authored = Pick<Message, 'sender_id' | 'created_at'>;

/** The part of a thread that is in the page, and the messages that are not sent yet. */
export interface ThreadWindow {
  readonly thread: Thread | undefined;
  readonly queue: readonly OutgoingMessage[];
  /** The first and last seq in the page; null means no bound. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether the names of senders are shown, as in a group. */
  readonly named: boolean;
}

/** The entries of the window, with day separators, the "new messages" line and the grouping by sender. */
export function entriesOf(texts: Texts, now: number, me: string | undefined, shown: ThreadWindow): Entry[] {
  const { thread, queue, from, to, named } = shown;
  const all = thread?.messages ?? [];
  const end = to === null ? all.length : all.findIndex((message) => message.seq > to);
  const until = end === -1 ? all.length : end;
  const first = from === null ? Math.max(0, until - maxEntries / 2) : all.findIndex((message) => message.seq >= from);
  const begin = Math.max(0, first, until - maxEntries);
  const newAfter = thread?.newAfter ?? null;
  const pending = to === null ? queue.map((outgoing) => ({ outgoing, authored: authoredOf(outgoing, me) })) : [];
  const entries: Entry[] = [];
  let before: Authored | null = all[begin - 1] ?? null;
  let lineShown = isNew(all[begin - 1] ?? null, newAfter, me);
  for (const [offset, message] of all.slice(begin, until).entries()) {
    const newLine = !lineShown && isNew(message, newAfter, me);
    lineShown ||= newLine;
    const { day, first } = startOf(texts, now, before, message);
    const last = !isSameGroup(message, all[begin + offset + 1] ?? pending[0]?.authored ?? null);
    const grouping = { mine: message.sender_id === me, first: first || newLine, last, named };
    entries.push({ kind: 'message', message, day, newLine, grouping });
    before = message;
  }
  for (const [index, { authored, outgoing }] of pending.entries()) {
    const { day, first } = startOf(texts, now, before, authored);
    const grouping = { mine: true, first, last: !isSameGroup(authored, pending[index + 1]?.authored ?? null), named };
    entries.push({ kind: 'pending', outgoing, day, newLine: false, grouping });
    before = authored;
  }
  return entries;
}

export function keyOf(entry: Entry): string {
  return entry.kind === 'pending' ? entry.outgoing.id : entry.message.client_message_id || entry.message.id;
}

/** Sender and time that the stored message will have, so that its grouping does not change when it is sent. */
function authoredOf(outgoing: OutgoingMessage, me: string | undefined): Authored {
  return { sender_id: me ?? '', created_at: new Date(outgoing.createdAt).toISOString() };
}

function startOf(
  texts: Texts,
  now: number,
  before: Authored | null,
  authored: Authored,
): { day: string | null; first: boolean } {
  const dayChanged = !before || texts.daysBefore(before.created_at, Date.parse(authored.created_at)) > 0;
  return {
    day: dayChanged ? texts.day(authored.created_at, now) : null,
    first: dayChanged || !isSameGroup(before, authored),
  };
}

function isNew(message: Message | null, newAfter: number | null, me: string | undefined): boolean {
  return message !== null && newAfter !== null && message.seq > newAfter && message.sender_id !== me;
}

function isSameGroup(a: Authored | null, b: Authored | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.sender_id === b.sender_id &&
    Date.parse(b.created_at) - Date.parse(a.created_at) < groupingMs
  );
}
