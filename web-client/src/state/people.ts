import type { PersonPresence } from '../api/wire.ts';
import { withEntry, type ChatState } from './model.ts';

export function replacePeople(state: ChatState, list: readonly PersonPresence[]): ChatState {
  return { ...state, people: new Map(list.map((person) => [person.id, person])), peopleLoad: 'done' };
}

export function applyPresence(state: ChatState, userId: string, isOnline: boolean, lastSeen: string | null): ChatState {
  const person = state.people.get(userId);
  if (!person || (person.is_online === isOnline && (lastSeen ?? person.last_seen) === person.last_seen)) return state;
  const changed = { ...person, is_online: isOnline, last_seen: lastSeen ?? person.last_seen };
  return { ...state, people: withEntry(state.people, userId, changed) };
}

/** How many other people are online. */
export function onlineCount(state: ChatState): number {
  let count = 0;
  for (const person of state.people.values()) {
    if (person.is_online && person.id !== state.me?.id) count++;
  }
  return count;
}
