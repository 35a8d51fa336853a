import type { Api } from '../api/client.ts';
import type { Connection } from '../connection/connection.ts';
import { applyMyReading } from '../state/messages.ts';
import type { Store } from '../state/store.ts';

/** What counts as read: a message in the open conversation, while the tab is visible and focused. Nothing else does. */
export class Reading {
  #attentive = false;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
  ) {}

  attend(attentive: boolean): void {
    this.#attentive = attentive;
    if (attentive) this.advance();
  }

  isReading(conversationId: string): boolean {
    const { open, wide, tab, conversationId: shown } = this.store.state.screen;
    return this.#attentive && open && (wide || tab === 'chat') && shown === conversationId;
  }

  /** Tells the gateway how far the open conversation was read, if that is further than it knows. */
  advance(): void {
    const { screen, threads, conversations, me } = this.store.state;
    const id = screen.conversationId;
    if (!id || !this.isReading(id)) return;
    const last = threads.get(id)?.messages.at(-1);
    const conversation = conversations.get(id);
    if (!last || !conversation || last.seq <= (conversation.last_read_seq ?? 0)) return;
    this.store.update((state) => applyMyReading(state, id, last.seq));
    if (last.sender_id === me?.id && !conversation.unread_count) return;
    if (this.connection.say({ type: 'mark_read', conversation_id: id, up_to: last.id })) return;
    void this.api.markRead(id, last.id).catch(() => undefined);
  }
}
