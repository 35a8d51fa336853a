import type { Conversation, PersonPresence } from '../api/wire.ts';
import { withEntry, withoutEntry, type ChatState, type KnownConversation } from './model.ts';

/**
 * Replaces the list by the one that REST returned. Newer messages and read positions in the state are kept, and so are
 * conversations that were added or dropped since the request: the list may be older. `requested`: the state at the time
 * of the request. `degraded`: message-service has been down for longer than a moment, so that the counts are missing.
 */
export function replaceConversations(
  state: ChatState,
  list: readonly Conversation[],
  requested: ChatState = state,
  degraded = false,
): ChatState {
  const conversations = new Map<string, KnownConversation>();
  for (const conversation of list) {
    const known = state.conversations.get(conversation.id);
    const dropped = !known && requested.conversations.has(conversation.id);
    if (!dropped) conversations.set(conversation.id, mergeFetched(known, conversation));
  }
  for (const [id, known] of state.conversations) {
    if (!conversations.has(id) && !requested.conversations.has(id)) conversations.set(id, known);
  }
  return { ...state, conversations, conversationsLoad: 'done', degraded };
}

/** Adds or replaces one conversation that REST returned. */
export function putConversation(state: ChatState, conversation: Conversation): ChatState {
  const merged = mergeFetched(state.conversations.get(conversation.id), conversation);
  return { ...state, conversations: withEntry(state.conversations, conversation.id, merged) };
}

/** The fields that are the same for all participants and that frames may change. */
export type SharedFields = Partial<Pick<Conversation, 'title' | 'participants' | 'participant_count'>>;

export function amendConversation(state: ChatState, id: string, change: SharedFields): ChatState {
  const known = state.conversations.get(id);
  if (!known) return state;
  return { ...state, conversations: withEntry(state.conversations, id, { ...known, ...change }) };
}

/** Applies what this person set on another device: muted or not, and the seq at which it was archived. */
export function arrangeConversation(
  state: ChatState,
  id: string,
  isMuted: boolean,
  archivedAtSeq: number | null,
): ChatState {
  const known = state.conversations.get(id);
  if (!known) return state;
  const arranged = { ...known, is_muted: isMuted, archived_at_seq: archivedAtSeq };
  return { ...state, conversations: withEntry(state.conversations, id, applyArchiveRule(arranged)) };
}

/** The gateway's rule: a later message takes a conversation out of the archive, unless it is muted. */
export function applyArchiveRule(conversation: KnownConversation): KnownConversation {
  const { archived_at_seq: at, is_muted } = conversation;
  return { ...conversation, is_archived: at !== null && (is_muted || at >= lastSeqOf(conversation)) };
}

export function dropConversation(state: ChatState, id: string): ChatState {
  const screen =
    state.screen.conversationId === id
      ? {
          ...state.screen,
          conversationId: null,
          tab: state.screen.tab === 'chat' ? ('chats' as const) : state.screen.tab,
        }
      : state.screen;
  return {
    ...state,
    conversations: withoutEntry(state.conversations, id),
    threads: withoutEntry(state.threads, id),
    queues: withoutEntry(state.queues, id),
    typing: withoutEntry(state.typing, id),
    screen,
  };
}

/** Newest activity first; a conversation without messages is sorted by its last change. */
export function byActivity(a: Conversation, b: Conversation): number {
  const at = a.last_message?.created_at ?? a.updated_at;
  const bt = b.last_message?.created_at ?? b.updated_at;
  return at === bt ? (a.id < b.id ? 1 : -1) : at < bt ? 1 : -1;
}

/** Unread messages in conversations that are not muted. */
export function totalUnread(state: ChatState): number {
  let total = 0;
  for (const conversation of state.conversations.values()) {
    if (!conversation.is_muted) total += conversation.unread_count ?? 0;
  }
  return total;
}

/** The other person of a 1-to-1 conversation, with name and presence from the directory; null for a group. */
export function otherOf(state: ChatState, conversation: Conversation): PersonPresence | null {
  if (conversation.is_group) return null;
  const other = conversation.participants.find((participant) => participant.id !== state.me?.id);
  if (!other) return null;
  return state.people.get(other.id) ?? { ...other, is_online: false, last_seen: null };
}

export function titleOf(state: ChatState, conversation: Conversation): string {
  const other = otherOf(state, conversation);
  return other ? other.name || other.email : conversation.title;
}

export function lastSeqOf(conversation: Conversation): number {
  return conversation.last_seq ?? conversation.last_message?.seq ?? 0;
}

/** A fetched conversation, with newer messages and read positions from the state. */
function mergeFetched(known: KnownConversation | undefined, fetched: Conversation): KnownConversation {
  const complete = { ...fetched, archived_at_seq: fetched.is_archived ? lastSeqOf(fetched) : null };
  return known ? applyArchiveRule(keepNewer(known, complete)) : complete;
}

/** Frames may overtake a response: what `known` has from a later message or read position wins over `fetched`. */
function keepNewer(known: KnownConversation, fetched: KnownConversation): KnownConversation {
  let merged = fetched;
  if (fetched.unread_count === null) {
    const { last_message, unread_count, last_read_seq } = known;
    merged = { ...merged, last_message, unread_count, last_read_seq };
  }
  if (lastSeqOf(known) > lastSeqOf(fetched)) {
    const { last_message, last_seq, updated_at, unread_count } = known;
    merged = { ...merged, last_message, last_seq, updated_at, unread_count };
  }
  if ((known.last_read_seq ?? 0) > (fetched.last_read_seq ?? 0)) {
    merged = { ...merged, last_read_seq: known.last_read_seq, unread_count: known.unread_count };
  }
  return merged;
}
