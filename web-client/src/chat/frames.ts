import type { Conversation, ConversationFrame, Participant, ServerFrame } from '../api/wire.ts';
import { amendConversation, arrangeConversation, dropConversation } from '../state/conversations.ts';
import { applyMyReading, applyPositions, applyStatuses } from '../state/messages.ts';
import type { ChatState } from '../state/model.ts';

export interface Applied {
  state: ChatState;
  /** Conversations of which the frame says too little: to be fetched. */
  refresh: readonly string[];
}

export type StateFrame = Extract<ServerFrame, { type: 'message_status' }> | ConversationFrame;

/** What positions and memberships do to the state. An unknown type changes nothing. */
export function applyFrame(state: ChatState, frame: StateFrame): Applied {
  switch (frame.type) {
    case 'message_status':
      return applyStatusFrame(state, frame);
    case 'conversation_deleted':
      return { state: dropConversation(state, idOf(frame)), refresh: [] };
    case 'participant_removed':
      return removed(state, frame);
    case 'participant_added':
      return added(state, frame);
    case 'conversation_created':
    case 'conversation_updated':
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
  const { title } = frame;
  const muted = frame.is_muted ?? null;
  // A group without a title of its own is called by its members' names, which the gateway puts together.
  if (title === '') return { state, refresh: [id] };
  if (!frame.conversation && muted === null && (title ?? null) === null) return { state, refresh: [id] };
  const amended = amendConversation(state, { title: title ?? undefined, ...frame.conversation, id });
  if (muted === null) return { state: amended, refresh: [] };
  return { state: arrangeConversation(amended, id, muted, frame.archived_at_seq ?? null), refresh: [] };
}

/** Who came is known by id; the directory knows the names. Only if it does not, the gateway is asked. */
function added(state: ChatState, frame: ConversationFrame): Applied {
  const id = idOf(frame);
  const known = state.conversations.get(id);
  if (!known || frame.conversation) return amended(state, frame);
  const present = new Set(known.participants.map((participant) => participant.id));
  const news: Participant[] = [];
  for (const userId of peopleOf(frame)) {
    const person = state.people.get(userId);
    if (!person) return { state, refresh: [id] };
    if (!present.has(userId)) news.push({ id: userId, name: person.name, email: person.email, role: 'member' });
  }
  if (news.length === 0) return { state, refresh: [] };
  return { state: withMembers(state, known, [...known.participants, ...news], news.length), refresh: [] };
}

function removed(state: ChatState, frame: ConversationFrame): Applied {
  const id = idOf(frame);
  const gone = new Set(peopleOf(frame));
  if (gone.has(state.me?.id ?? '')) return { state: dropConversation(state, id), refresh: [] };
  const known = state.conversations.get(id);
  if (!known) return { state, refresh: [] };
  // The owner's leaving makes somebody else the owner, perhaps me.
  const owner = known.participants.some((participant) => participant.role === 'owner' && gone.has(participant.id));
  const left = known.participants.filter((participant) => !gone.has(participant.id));
  const less = left.length - known.participants.length;
  return { state: withMembers(state, known, left, less), refresh: owner ? [id] : [] };
}

function withMembers(state: ChatState, known: Conversation, participants: Participant[], more: number): ChatState {
  return amendConversation(state, {
    id: known.id,
    participants,
    participant_count: known.participant_count + more,
  });
}

function idOf(frame: ConversationFrame): string {
  return frame.conversation_id ?? frame.conversation?.id ?? '';
}

function peopleOf(frame: ConversationFrame): string[] {
  const one = frame.participant_id ?? frame.user_id;
  return [...(frame.participant_ids ?? frame.user_ids ?? []), ...(one ? [one] : [])];
}
