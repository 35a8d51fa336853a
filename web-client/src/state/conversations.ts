import type { Conversation, Person } from '../api/wire.ts';
import { withEntry, withoutEntry, type ChatState } from './model.ts';

/** The whole list as REST gives it. What arrived while it was on its way and is newer stays. */
export function replaceConversations(state: ChatState, list: readonly Conversation[]): ChatState {
  const conversations = new Map<string, Conversation>();
  for (const conversation of list) {
    conversations.set(conversation.id, complete(state.conversations.get(conversation.id), conversation));
  }
  return {
    ...state,
    conversations,
    conversationsLoad: 'done',
    degraded: list.some((one) => one.unread_count === null),
  };
}

/** One conversation, complete as REST gives it. */
export function putConversation(state: ChatState, conversation: Conversation): ChatState {
  const known = state.conversations.get(conversation.id);
  return { ...state, conversations: withEntry(state.conversations, conversation.id, complete(known, conversation)) };
}

/** What a frame says of a conversation: only what is the same for everyone, so what is mine stays. */
export function amendConversation(state: ChatState, part: Partial<Conversation> & { id: string }): ChatState {
  const known = state.conversations.get(part.id);
  if (!known) return state;
  const given = Object.fromEntries(
    Object.entries(part).filter(([, value]: [string, unknown]) => value !== null && value !== undefined),
  ) as Partial<Conversation>;
  const amended = { ...known, ...given };
  return { ...state, conversations: withEntry(state.conversations, part.id, newest(known, amended)) };
}

/** How I arranged it on another device: muted or not, and put away up to that message or not at all. */
export function arrangeConversation(
  state: ChatState,
  id: string,
  isMuted: boolean,
  archivedAtSeq: number | null,
): ChatState {
  const known = state.conversations.get(id);
  if (!known) return state;
  const arranged = { ...known, is_muted: isMuted, archived_at_seq: archivedAtSeq };
  return { ...state, conversations: withEntry(state.conversations, id, putAwayOrNot(arranged)) };
}

/** The gateway's own rule: what is put away comes back with a later message, unless it is muted as well. */
export function putAwayOrNot(conversation: Conversation): Conversation {
  const { archived_at_seq: at, is_muted } = conversation;
  return { ...conversation, is_archived: typeof at === 'number' && (is_muted || at >= lastSeqOf(conversation)) };
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

export function replacePeople(state: ChatState, list: readonly Person[]): ChatState {
  return { ...state, people: new Map(list.map((person) => [person.id, person])), peopleLoad: 'done' };
}

export function applyPresence(state: ChatState, userId: string, isOnline: boolean, lastSeen: string | null): ChatState {
  const person = state.people.get(userId);
  if (!person || (person.is_online === isOnline && (lastSeen ?? person.last_seen) === person.last_seen)) return state;
  const changed = { ...person, is_online: isOnline, last_seen: lastSeen ?? person.last_seen };
  return { ...state, people: withEntry(state.people, userId, changed) };
}

/** Newest activity first; what has no message yet by when it was made. */
export function byActivity(a: Conversation, b: Conversation): number {
  const at = a.last_message?.created_at ?? a.updated_at;
  const bt = b.last_message?.created_at ?? b.updated_at;
  return at === bt ? (a.id < b.id ? 1 : -1) : at < bt ? 1 : -1;
}

export function totalUnread(state: ChatState): number {
  let total = 0;
  for (const conversation of state.conversations.values()) {
    if (!conversation.is_muted) total += conversation.unread_count ?? 0;
  }
  return total;
}

export function onlineCount(state: ChatState): number {
  let count = 0;
  for (const person of state.people.values()) {
    if (person.is_online && person.id !== state.me?.id) count++;
  }
  return count;
}

/** The other one of a 1-to-1, as the directory knows them now. */
export function otherOf(state: ChatState, conversation: Conversation): Person | null {
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

function complete(known: Conversation | undefined, fresh: Conversation): Conversation {
  const placed = { ...fresh, archived_at_seq: fresh.is_archived ? lastSeqOf(fresh) : null };
  return known ? putAwayOrNot(newest(known, placed)) : placed;
}

/** `fresh` with what only `known` knows: messages and readings that happened while it was being written. */
function newest(known: Conversation, fresh: Conversation): Conversation {
  const knownRead = known.last_read_seq ?? 0;
  const freshRead = fresh.last_read_seq ?? 0;
  let merged = fresh;
  if (lastSeqOf(known) > lastSeqOf(fresh)) {
    const { last_message, last_seq, updated_at, unread_count } = known;
    merged = { ...merged, last_message, last_seq, updated_at, unread_count };
  }
  if (knownRead > freshRead) {
    merged = { ...merged, last_read_seq: known.last_read_seq, unread_count: known.unread_count };
  }
  return merged;
}
