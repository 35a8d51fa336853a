import type { Conversation, Message, MessageStatus } from '../api/wire.ts';
import { applyArchiveRule, lastSeqOf } from './conversations.ts';
import { emptyThread, withEntry, type ChatState, type KnownConversation, type Thread } from './model.ts';

// The functions are idempotent and accept old data: a message may arrive by socket, response, history and polling,
// in any order, and must be in the state once, at its position.

const rank: Record<MessageStatus, number> = { sent: 0, delivered: 1, read: 2 };

export function furtherStatus(a: MessageStatus, b: MessageStatus): MessageStatus {
  return rank[a] >= rank[b] ? a : b;
}

export interface MessageApplied {
  state: ChatState;
  /** Messages between the loaded ones and this one are missing. The caller must fetch them. */
  gap: boolean;
  /** The message is newer than every known message of the conversation. */
  isNew: boolean;
}

/** Applies one message that arrived. `reading`: this person is looking at the conversation. */
export function applyMessage(state: ChatState, message: Message, reading: boolean): MessageApplied {
  let next = dropQueued(state, message);
  const thread = next.threads.get(message.conversation);
  let gap = false;
  if (thread && (thread.load === 'done' || thread.load === 'loading')) {
    const last = thread.messages.at(-1);
    gap = thread.load === 'done' && message.seq > (last?.seq ?? 0) + 1;
    if (!gap)
      next = withThread(next, message.conversation, { ...thread, messages: mergeMessages(thread.messages, [message]) });
  }
  const conversation = next.conversations.get(message.conversation);
  const isNew = !conversation || message.seq > lastSeqOf(conversation);
  if (conversation) {
    next = {
      ...next,
      conversations: withEntry(
        next.conversations,
        conversation.id,
        withLastMessage(conversation, message, next.me?.id ?? '', reading),
      ),
    };
  }
  return { state: stopTyping(next, message.conversation, message.sender_id), gap, isNew };
}

/** Merges a page of history into the thread and changes the given fields of the thread. */
export function mergePage(
  state: ChatState,
  conversationId: string,
  messages: readonly Message[],
  fields: Partial<Thread>,
): ChatState {
  const thread = state.threads.get(conversationId) ?? emptyThread;
  let next = state;
  for (const message of messages) next = dropQueued(next, message);
  return withThread(next, conversationId, { ...thread, ...fields, messages: mergeMessages(thread.messages, messages) });
}

export function withThread(state: ChatState, conversationId: string, thread: Thread): ChatState {
  return { ...state, threads: withEntry(state.threads, conversationId, thread) };
}

export function mergeMessages(known: readonly Message[], added: readonly Message[]): readonly Message[] {
  const first = added[0];
  if (!first) return known;
  const last = known.at(-1);
  if (!last || first.seq > last.seq) return [...known, ...added];
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of added) {
    const before = bySeq.get(message.seq);
    bySeq.set(message.seq, before ? { ...message, status: furtherStatus(before.status, message.status) } : message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Applies the statuses of single messages. A status never goes back. */
export function applyStatuses(
  state: ChatState,
  conversationId: string,
  statuses: readonly { id: string; status: MessageStatus }[],
): ChatState {
  const byId = new Map(statuses.map((entry) => [entry.id, entry.status]));
  return mapMessages(state, conversationId, (message) => {
    const status = byId.get(message.id);
    return status ? withStatus(message, status) : message;
  });
}

/** Applies another person's read and delivered positions to this person's messages up to there. */
export function applyPositions(
  state: ChatState,
  conversationId: string,
  readSeq: number | null,
  deliveredSeq: number | null,
): ChatState {
  const mine = state.me?.id;
  return mapMessages(state, conversationId, (message) => {
    if (message.sender_id !== mine) return message;
    if (readSeq !== null && message.seq <= readSeq) return withStatus(message, 'read');
    return deliveredSeq !== null && message.seq <= deliveredSeq ? withStatus(message, 'delivered') : message;
  });
}

/** This person has read up to that seq, here or on another device. */
export function applyMyReadPosition(state: ChatState, conversationId: string, readSeq: number): ChatState {
  const conversation = state.conversations.get(conversationId);
  if (!conversation || readSeq <= (conversation.last_read_seq ?? 0)) return state;
  const unread = readSeq >= lastSeqOf(conversation) ? 0 : unreadAfter(state, conversation, readSeq);
  const changed = { ...conversation, last_read_seq: readSeq, unread_count: unread };
  return { ...state, conversations: withEntry(state.conversations, conversationId, changed) };
}

export function stopTyping(state: ChatState, conversationId: string, userId: string): ChatState {
  const typists = state.typing.get(conversationId);
  if (!typists?.has(userId)) return state;
  const left = new Map(typists);
  left.delete(userId);
  return { ...state, typing: withEntry(state.typing, conversationId, left) };
}

function unreadAfter(state: ChatState, conversation: Conversation, readSeq: number): number | null {
  const loaded = state.threads.get(conversation.id)?.messages ?? [];
  if (!loaded[0] || loaded[0].seq > readSeq + 1) return conversation.unread_count;
  return loaded.filter((message) => message.seq > readSeq && message.sender_id !== state.me?.id).length;
}

/** Removes the message from the send queue, once the gateway has stored it. */
function dropQueued(state: ChatState, message: Message): ChatState {
  const key = message.client_message_id;
  const queue = key && message.sender_id === state.me?.id ? state.queues.get(message.conversation) : undefined;
  if (!queue?.some((outgoing) => outgoing.id === key)) return state;
  return {
    ...state,
    queues: withEntry(
      state.queues,
      message.conversation,
      queue.filter((outgoing) => outgoing.id !== key),
    ),
  };
}

function withLastMessage(
  conversation: KnownConversation,
  message: Message,
  me: string,
  reading: boolean,
): KnownConversation {
  if (message.seq <= lastSeqOf(conversation)) return conversation;
  const mine = message.sender_id === me;
  const unread = mine || reading ? conversation.unread_count : (conversation.unread_count ?? 0) + 1;
  return applyArchiveRule({
    ...conversation,
    last_message: message,
    last_seq: message.seq,
    updated_at: message.created_at,
    unread_count: unread,
  });
}

function mapMessages(state: ChatState, conversationId: string, change: (message: Message) => Message): ChatState {
  let next = state;
  const thread = state.threads.get(conversationId);
  if (thread) {
    const messages = thread.messages.map(change);
    if (messages.some((message, index) => message !== thread.messages[index]))
      next = withThread(next, conversationId, { ...thread, messages });
  }
  const conversation = next.conversations.get(conversationId);
  if (conversation?.last_message) {
    const after = change(conversation.last_message);
    if (after !== conversation.last_message) {
      const changed = { ...conversation, last_message: after };
      next = { ...next, conversations: withEntry(next.conversations, conversationId, changed) };
    }
  }
  return next;
}

function withStatus(message: Message, status: MessageStatus): Message {
  const further = furtherStatus(message.status, status);
  return further === message.status ? message : { ...message, status: further };
}
