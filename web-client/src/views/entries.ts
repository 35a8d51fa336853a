import type { Message } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Thread } from '../state/model.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import type { Grouping } from './bubble.ts';

/** At most so many messages are in the page, however many are loaded. */
export const maxEntries = 160;
const groupingMs = 5 * 60_000;

export type Entry =
  | { kind: 'message'; message: Message; day: string | null; newLine: boolean; place: Grouping }
  | { kind: 'pending'; outgoing: OutgoingMessage; day: string | null; newLine: false; place: Grouping };

type Authored = Pick<Message, 'sender_id' | 'created_at'>;

/** A window on a thread, and what is still to be sent below it. */
export interface ThreadWindow {
  readonly thread: Thread | undefined;
  readonly queue: readonly OutgoingMessage[];
  /** The first and last seq in the page; null: open-ended. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether senders are named, as in a group. */
  readonly named: boolean;
}

/** The lines that the window shows: where a day begins, where what is new begins, and what belongs together. */
export function entriesOf(texts: Texts, now: number, me: string | undefined, shown: ThreadWindow): Entry[] {
  const { thread, queue, from, to, named } = shown;
  const all = thread?.messages ?? [];
  const end = to === null ? all.length : all.findIndex((message) => message.seq > to);
  const until = end === -1 ? all.length : end;
  const first = from === null ? Math.max(0, until - maxEntries / 2) : all.findIndex((message) => message.seq >= from);
  const begin = Math.max(0, first, until - maxEntries);
  const newAfter = thread?.newAfter ?? null;
  const waiting = to === null ? queue.map((outgoing) => ({ outgoing, said: authoredOf(outgoing, me) })) : [];
  const entries: Entry[] = [];
  let before: Authored | null = all[begin - 1] ?? null;
  let lined = isNew(all[begin - 1] ?? null, newAfter, me);
  for (const [offset, message] of all.slice(begin, until).entries()) {
    const newLine = !lined && isNew(message, newAfter, me);
    lined ||= newLine;
    const { day, first } = startOf(texts, now, before, message);
    const last = !isSameGroup(message, all[begin + offset + 1] ?? waiting[0]?.said ?? null);
    const place = { mine: message.sender_id === me, first: first || newLine, last, named };
    entries.push({ kind: 'message', message, day, newLine, place });
    before = message;
  }
  for (const [index, { said, outgoing }] of waiting.entries()) {
    const { day, first } = startOf(texts, now, before, said);
    const place = { mine: true, first, last: !isSameGroup(said, waiting[index + 1]?.said ?? null), named };
    entries.push({ kind: 'pending', outgoing, day, newLine: false, place });
    before = said;
  }
  return entries;
}

export function keyOf(entry: Entry): string {
  return entry.kind === 'pending' ? entry.outgoing.id : entry.message.client_message_id || entry.message.id;
}

/** As the message will be that is still to be sent, so that nothing moves when it has been. */
function authoredOf(outgoing: OutgoingMessage, me: string | undefined): Authored {
  return { sender_id: me ?? '', created_at: new Date(outgoing.createdAt).toISOString() };
}

function startOf(
  texts: Texts,
  now: number,
  before: Authored | null,
  said: Authored,
): { day: string | null; first: boolean } {
  const dayChanged = !before || texts.daysBefore(before.created_at, Date.parse(said.created_at)) > 0;
  return { day: dayChanged ? texts.day(said.created_at, now) : null, first: dayChanged || !isSameGroup(before, said) };
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
