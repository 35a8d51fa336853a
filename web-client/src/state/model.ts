import type { Conversation, Me, Message, PersonPresence } from '../api/wire.ts';
import type { Life } from '../connection/life.ts';
import type { Outgoing } from './sending.ts';
import type { Picked } from './uploads.ts';

/** Everything the views show. Never changed in place: a new value for every change, shared where nothing did. */
export interface ChatState {
  readonly me: Me | null;
  readonly life: Life;
  readonly people: ReadonlyMap<string, PersonPresence>;
  readonly peopleLoad: Load;
  readonly conversations: ReadonlyMap<string, KnownConversation>;
  readonly conversationsLoad: Load;
  /** True while the gateway says that the part which knows messages is down. */
  readonly degraded: boolean;
  readonly threads: ReadonlyMap<string, Thread>;
  readonly queues: ReadonlyMap<string, readonly Outgoing[]>;
  readonly uploads: ReadonlyMap<string, readonly Picked[]>;
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, Typist>>;
  readonly screen: Screen;
}

/** A conversation as the client keeps it. */
export interface KnownConversation extends Conversation {
  /** The last seq when this person archived it; null while it is not archived. REST sends only `is_archived`. */
  readonly archived_at_seq: number | null;
}

export type Load = 'none' | 'loading' | 'done' | 'failed';

/** A run of a conversation's messages without gaps, oldest first, that ends with the newest we know of. */
export interface Thread {
  readonly messages: readonly Message[];
  readonly load: Load;
  readonly older: 'more' | 'loading' | 'failed' | 'none';
  /** Where the "new messages" line stands: after this seq. Fixed when the conversation is opened. */
  readonly newAfter: number | null;
}

export interface Typist {
  readonly name: string;
  readonly until: number;
}

export type Tab = 'chat' | 'chats' | 'people';

export interface Screen {
  readonly open: boolean;
  /** Wide enough for the list and the conversation side by side: then `tab` says only what the list shows. */
  readonly wide: boolean;
  readonly tab: Tab;
  readonly conversationId: string | null;
}

export const emptyThread: Thread = { messages: [], load: 'none', older: 'more', newAfter: null };

export const startState: ChatState = {
  me: null,
  life: { is: 'stopped' },
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
