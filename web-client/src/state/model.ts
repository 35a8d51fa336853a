import type { Conversation, Me, Message, PersonPresence } from '../api/wire.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import type { OutgoingMessage } from './sending.ts';
import type { PickedFile } from './uploads.ts';

/** Everything that the views show. It is immutable: a change makes a new value that shares its unchanged parts. */
export interface ChatState {
  readonly me: Me | null;
  readonly connection: ConnectionState;
  readonly people: ReadonlyMap<string, PersonPresence>;
  readonly peopleLoad: Load;
  readonly conversations: ReadonlyMap<string, KnownConversation>;
  readonly conversationsLoad: Load;
  /** True while message-service is down, so that REST returns no unread counts. */
  readonly degraded: boolean;
  readonly threads: ReadonlyMap<string, Thread>;
  readonly queues: ReadonlyMap<string, readonly OutgoingMessage[]>;
  readonly uploads: ReadonlyMap<string, readonly PickedFile[]>;
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, Typist>>;
  readonly screen: Screen;
}

/** A conversation as the client keeps it. */
export interface KnownConversation extends Conversation {
  /** The last seq when this person archived it; null while it is not archived. REST sends only `is_archived`. */
  readonly archived_at_seq: number | null;
}

export type Load = 'none' | 'loading' | 'done' | 'failed';

/** The loaded messages of a conversation: without gaps, oldest first, up to the newest known one. */
export interface Thread {
  readonly messages: readonly Message[];
  readonly load: Load;
  readonly older: 'more' | 'loading' | 'failed' | 'none';
  /** The "new messages" line is below this seq. It is fixed when the conversation is opened. */
  readonly newAfter: number | null;
}

export interface Typist {
  readonly name: string;
  readonly until: number;
}

export type Tab = 'chat' | 'chats' | 'people';

export interface Screen {
  readonly open: boolean;
  /** There is room for list and conversation side by side. `tab` then selects only the list. */
  readonly wide: boolean;
  readonly tab: Tab;
  readonly conversationId: string | null;
}

export const emptyThread: Thread = { messages: [], load: 'none', older: 'more', newAfter: null };

export const initialState: ChatState = {
  me: null,
  connection: { kind: 'stopped' },
  people: new Map(),
  peopleLoad: 'none',
  conversations: new Map(),
  conversationsLoad: 'none',
  degraded: false,
  threads: new Map(),
  queues: new Map(),
  uploads: new Map(),
  typing: new Map(),
  screen: { open: false, wide: false, tab: 'chats', conversationId: null },
};

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
