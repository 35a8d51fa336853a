import type { Api } from '../api/client.ts';
import type { Conversation, Participant, Role } from '../api/wire.ts';
import { dropConversation, putConversation } from '../state/conversations.ts';
import type { Store } from '../state/store.ts';
import type { ListLoader } from './list-loader.ts';

/** Changes a conversation as a whole: its members, its title, and whether this person muted or archived it. */
export class Groups {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly lists: ListLoader,
  ) {}

  async start(personIds: string[], title: string): Promise<Conversation> {
    const conversation = await this.api.startGroup(personIds, title);
    this.#put(conversation);
    return conversation;
  }

  async add(id: string, personIds: string[]): Promise<void> {
    this.#put(await this.api.addParticipants(id, personIds));
  }

  /** Removes a member. Removing this person means leaving the group. */
  async remove(id: string, personId: string): Promise<void> {
    const conversation = await this.api.removeParticipant(id, personId);
    const gone = conversation === null || personId === this.store.state.me?.id;
    this.store.update((state) => (gone ? dropConversation(state, id) : putConversation(state, conversation)));
  }

  async rename(id: string, title: string): Promise<void> {
    this.#put(await this.api.rename(id, title));
  }

  async setRole(id: string, personId: string, role: Role): Promise<void> {
    await this.api.setRole(id, personId, role);
    await this.lists.refresh(id);
  }

  /** All members of a group, loaded page by page. */
  async members(id: string): Promise<Participant[]> {
    const members: Participant[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.api.participants(id, cursor);
      members.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return members;
  }

  async change(id: string, change: 'archive' | 'unarchive' | 'mute' | 'unmute'): Promise<void> {
    await this.api.change(id, change);
    await this.lists.refresh(id);
  }

  #put(conversation: Conversation): void {
    this.store.update((state) => putConversation(state, conversation));
  }
}
