import type {
  Conversation,
  Participant,
  ServerConversationCreatedFrame,
  ServerConversationUpdatedFrame,
  ServerMessageStatusFrame,
  ServerParticipantAddedFrame,
  ServerParticipantRemovedFrame,
} from '../api/wire.ts';
import { amendConversation, arrangeConversation, dropConversation } from '../state/conversations.ts';
import { applyMyReadPosition, applyPositions, applyStatuses } from '../state/messages.ts';
import type { ChatState } from '../state/model.ts';

export interface Applied {
  state: ChatState;
  /** Ids of conversations that must be fetched, because the frame does not carry enough of them. */
  refresh: readonly string[];
}

export type StateFrame =
  | ServerMessageStatusFrame
  | ServerConversationCreatedFrame
  | ServerConversationUpdatedFrame
  | ServerParticipantAddedFrame
  | ServerParticipantRemovedFrame;

/** Applies a frame about positions, titles or memberships to the state. */
export function applyFrame(state: ChatState, frame: StateFrame): Applied {
  switch (frame.type) {
    case 'message_status':
      return applyMessageStatus(state, frame);
    case 'conversation_created':
      return { state, refresh: [frame.conversation_id] };
    case 'conversation_updated':
      return applyUpdate(state, frame);
    case 'participant_added':
      return addParticipants(state, frame);
    case 'participant_removed':
      return removeParticipant(state, frame);
  }
}

function applyMessageStatus(state: ChatState, frame: ServerMessageStatusFrame): Applied {
  const id = frame.conversation_id;
  const me = state.me?.id;
  let next = applyStatuses(state, id, frame.messages);
  if (frame.user_id === me) {
    if (frame.read_seq) next = applyMyReadPosition(next, id, frame.read_seq);
  } else {
    next = applyPositions(next, id, frame.read_seq ?? null, frame.delivered_seq ?? null);
  }
  // If messages of other people became read, this person read them on another device.
  const loaded = next.threads.get(id)?.messages ?? [];
  const read = new Set(frame.messages.filter((entry) => entry.status === 'read').map((entry) => entry.id));
  const lastRead = loaded.filter((message) => read.has(message.id) && message.sender_id !== me).at(-1);
  if (lastRead) return { state: applyMyReadPosition(next, id, lastRead.seq), refresh: [] };
  const readElsewhere = read.size > 0 && loaded.length === 0 && (next.conversations.get(id)?.unread_count ?? 0) > 0;
  return { state: next, refresh: readElsewhere ? [id] : [] };
}

function applyUpdate(state: ChatState, frame: ServerConversationUpdatedFrame): Applied {
  const { conversation_id: id, title, is_muted: muted } = frame;
  // The title of a group without one is made of its members' names, which only the gateway composes.
  const untitled = title === '' || (title === undefined && muted === undefined);
  if (!state.conversations.has(id) || untitled) return { state, refresh: [id] };
  const titled = title === undefined ? state : amendConversation(state, id, { title });
  if (muted === undefined) return { state: titled, refresh: [] };
  return { state: arrangeConversation(titled, id, muted, frame.archived_at_seq ?? null), refresh: [] };
}

/** The frame carries ids only; names come from the directory. A conversation with an unknown person is fetched. */
function addParticipants(state: ChatState, frame: ServerParticipantAddedFrame): Applied {
  const id = frame.conversation_id;
  const known = state.conversations.get(id);
  if (!known) return { state, refresh: [id] };
  const present = new Set(known.participants.map((participant) => participant.id));
  const added: Participant[] = [];
  for (const userId of frame.user_ids) {
    const person = state.people.get(userId);
    if (!person) return { state, refresh: [id] };
    if (!present.has(userId)) added.push({ id: userId, name: person.name, email: person.email, role: 'member' });
  }
  if (added.length === 0) return { state, refresh: [] };
  return { state: withParticipants(state, known, [...known.participants, ...added]), refresh: [] };
}

function removeParticipant(state: ChatState, frame: ServerParticipantRemovedFrame): Applied {
  const { conversation_id: id, user_id: userId } = frame;
  if (userId === state.me?.id) return { state: dropConversation(state, id), refresh: [] };
  const known = state.conversations.get(id);
  if (!known) return { state, refresh: [] };
  // When the owner leaves, another member becomes the owner, possibly this person.
  const owner = known.participants.some((participant) => participant.role === 'owner' && participant.id === userId);
  const remaining = known.participants.filter((participant) => participant.id !== userId);
  return { state: withParticipants(state, known, remaining), refresh: owner ? [id] : [] };
}

/** The count changes by as many as the list, which holds only the first hundred participants. */
function withParticipants(state: ChatState, known: Conversation, participants: Participant[]): ChatState {
  return amendConversation(state, known.id, {
    participants,
    participant_count: known.participant_count + participants.length - known.participants.length,
  });
}
