import type { Message } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Thread } from '../state/model.ts';
import type { Outgoing } from '../state/sending.ts';
import type { Place } from './bubble.ts';

/** At most so many messages are in the page, however many are loaded. */
export const most = 160;
const togetherMs = 5 * 60_000;

export type Entry =
  | { is: 'message'; message: Message; day: string | null; newLine: boolean; place: Place }
  | { is: 'pending'; outgoing: Outgoing; place: Place };

/** A window on a thread, and what is still to be sent below it. */
export interface Shown {
  readonly thread: Thread | undefined;
  readonly queue: readonly Outgoing[];
  /** The first and last seq in the page; null: open-ended. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether senders are named, as in a group. */
  readonly named: boolean;
}

/** The lines that the window shows: where a day begins, where what is new begins, and what belongs together. */
export function entriesOf(texts: Texts, now: number, me: string | undefined, shown: Shown): Entry[] {
  const { thread, queue, from, to, named } = shown;
  const all = thread?.messages ?? [];
  const end = to === null ? all.length : all.findIndex((message) => message.seq > to);
  const until = end === -1 ? all.length : end;
  const first = from === null ? Math.max(0, until - most / 2) : all.findIndex((message) => message.seq >= from);
  const begin = Math.max(0, first, until - most);
  const newAfter = thread?.newAfter ?? null;
  const entries: Entry[] = [];
  let before: Message | null = all[begin - 1] ?? null;
  let lined = before !== null && newAfter !== null && before.seq > newAfter && before.sender_id !== me;
  for (let index = begin; index < until; index++) {
    const message = all[index]!;
    const dayChanged = !before || texts.daysBefore(before.created_at, Date.parse(message.created_at)) !== 0;
    const newLine = !lined && newAfter !== null && message.seq > newAfter && message.sender_id !== me;
    lined ||= newLine;
    const first = dayChanged || newLine || !together(before, message);
    const next = all[index + 1];
    entries.push({
      is: 'message',
      message,
      day: dayChanged ? texts.day(message.created_at, now) : null,
      newLine,
      place: { mine: message.sender_id === me, first, last: !together(message, next ?? null), named },
    });
    before = message;
  }
  if (to === null) {
    const lastMine = before?.sender_id === me;
    queue.forEach((outgoing, index) =>
      entries.push({
        is: 'pending',
        outgoing,
        place: { mine: true, first: index === 0 && !lastMine, last: index === queue.length - 1, named },
      }),
    );
  }
  return entries;
}

export function keyOf(entry: Entry): string {
  return entry.is === 'pending' ? entry.outgoing.id : entry.message.client_message_id || entry.message.id;
}

function together(a: Message | null, b: Message | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.sender_id === b.sender_id &&
    Date.parse(b.created_at) - Date.parse(a.created_at) < togetherMs
  );
}
