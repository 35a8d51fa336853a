import type { ConversationFrame, ServerFrame } from '../api/wire.ts';
import { amendConversation, dropConversation } from '../state/conversations.ts';
import { applyMyReading, applyPositions, applyStatuses } from '../state/messages.ts';
import type { ChatState } from '../state/model.ts';

export interface Applied {
  state: ChatState;
  /** Conversations of which the frame says too little: to be fetched. */
  refresh: readonly string[];
}

type StateFrame = Extract<ServerFrame, { type: 'message_status' }> | ConversationFrame;

/** What positions and memberships do to the state. An unknown type changes nothing. */
export function applyFrame(state: ChatState, frame: StateFrame): Applied {
  switch (frame.type) {
    case 'message_status':
      return applyStatusFrame(state, frame);
    case 'conversation_deleted':
      return { state: dropConversation(state, idOf(frame)), refresh: [] };
    case 'participant_removed':
      if (peopleOf(frame).includes(state.me?.id ?? '')) return { state: dropConversation(state, idOf(frame)), refresh: [] };
      return amended(state, frame);
    case 'conversation_created':
    case 'conversation_updated':
    case 'participant_added':
      return amended(state, frame);
    default:
      return { state, refresh: [] };
  }
}

function applyStatusFrame(state: ChatState, frame: Extract<ServerFrame, { type: 'message_status' }>): Applied {
  const id = frame.conversation_id;
  const me = state.me?.id;
  let next = state;
  if (frame.messages) next = applyStatuses(next, id, frame.messages);
  if (frame.user_id === me) {
    if (frame.read_seq) next = applyMyReading(next, id, frame.read_seq);
  } else {
    next = applyPositions(next, id, frame.read_seq ?? null, frame.delivered_seq ?? null);
  }
  // Others' messages that became read: my own reading on another device.
  const loaded = next.threads.get(id)?.messages ?? [];
  const read = new Set(frame.messages?.filter((entry) => entry.status === 'read').map((entry) => entry.id));
  const mineRead = loaded.filter((message) => read.has(message.id) && message.sender_id !== me).at(-1);
  if (mineRead) return { state: applyMyReading(next, id, mineRead.seq), refresh: [] };
  const readElsewhere = read.size > 0 && loaded.length === 0 && (next.conversations.get(id)?.unread_count ?? 0) > 0;
  return { state: next, refresh: readElsewhere ? [id] : [] };
}

function amended(state: ChatState, frame: ConversationFrame): Applied {
  const id = idOf(frame);
  if (!state.conversations.has(id)) return { state, refresh: id ? [id] : [] };
  if (!frame.conversation) return { state, refresh: [id] };
  return { state: amendConversation(state, { ...frame.conversation, id }), refresh: [] };
}

function idOf(frame: ConversationFrame): string {
  return frame.conversation_id ?? frame.conversation?.id ?? '';
}

function peopleOf(frame: ConversationFrame): string[] {
  const one = frame.participant_id ?? frame.user_id;
  return [...(frame.participant_ids ?? frame.user_ids ?? []), ...(one ? [one] : [])];
}
