import type { Conversation, Limits, Me, Message } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Socket } from '../connection/connection.ts';
import type { DraftStorage } from '../state/draft-store.ts';
import { replaceConversations } from '../state/conversations.ts';
import { emptyThread, initialState, type ChatState, type KnownConversation } from '../state/model.ts';

/** A clock that only `pass` moves, with a constant random number. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Advances the time, runs the due timers in order, and lets promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
    await settled();
  }
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export class FakeSocket implements Socket {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  receive(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code: number): void {
    this.onclose?.({ code });
  }
}

export class FakeStorage implements DraftStorage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

export function message(seq: number, part: Partial<Message> = {}): Message {
  const at = new Date(Date.UTC(2026, 0, 1) + seq * 60_000).toISOString();
  return {
    id: `m${seq}`,
    conversation: 'c1',
    seq,
    sender_id: 'bob',
    sender_name: 'Bob',
    sender_email: 'bob@acme.example',
    content: `message ${seq}`,
    has_attachments: false,
    attachments: [],
    created_at: at,
    updated_at: at,
    client_message_id: null,
    status: 'sent',
    ...part,
  };
}

export function conversation(part: Partial<KnownConversation> = {}): KnownConversation {
  return {
    id: 'c1',
    title: 'Bob',
    is_group: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    last_message: null,
    unread_count: 0,
    participants: [
      { id: 'alice', name: 'Alice', email: 'alice@acme.example', role: 'owner' },
      { id: 'bob', name: 'Bob', email: 'bob@acme.example', role: 'member' },
    ],
    participant_count: 2,
    is_archived: false,
    archived_at_seq: null,
    is_muted: false,
    my_role: 'owner',
    last_seq: 0,
    last_read_seq: 0,
    ...part,
  };
}

export const limits: Limits = {
  content_characters: 5_000,
  attachments_per_message: 10,
  attachment_bytes: 10_000_000,
  attachment_types: ['image/png', 'text/csv'],
  frame_bytes: 65_536,
  messages_per_minute: 60,
  conversations_per_hour: 30,
  uploads_per_minute: 20,
  changes_per_minute: 120,
};

export const alice: Me = {
  id: 'alice',
  name: 'Alice',
  email: 'alice@acme.example',
  tenant: 'acme',
  roles: [],
  limits,
};

/** A state with these conversations and loaded threads, as alice has it. */
export function stateOf(conversations: Conversation[], threads: Record<string, Message[]> = {}): ChatState {
  const base = replaceConversations({ ...initialState, me: alice }, conversations);
  const loaded = Object.entries(threads).map(
    ([id, messages]) => [id, { ...emptyThread, messages, load: 'done' as const }] as const,
  );
  return { ...base, threads: new Map(loaded) };
}
