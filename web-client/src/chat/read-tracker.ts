import type { Api } from '../api/client.ts';
import type { Connection } from '../connection/connection.ts';
import { applyMyReadPosition } from '../state/messages.ts';
import type { Store } from '../state/store.ts';

/** Marks messages as read. Only messages of the open conversation count, and only in a visible, focused tab. */
export class ReadTracker {
  #attentive = false;
  /** The last read position of each conversation that this socket carried. Nothing confirms that it arrived. */
  readonly #unconfirmed = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly api: Api,
  ) {}

  /** `attentive`: the tab is visible and has the focus. */
  setAttentive(attentive: boolean): void {
    this.#attentive = attentive;
    if (attentive) this.markRead();
  }

  isReading(conversationId: string): boolean {
    const { open, wide, tab, conversationId: shown } = this.store.state.screen;
    return this.#attentive && open && (wide || tab === 'chat') && shown === conversationId;
  }

  /** Sends the read position of the open conversation if it advanced. */
  markRead(): void {
    const { screen, threads, conversations, me } = this.store.state;
    const id = screen.conversationId;
    if (!id || !this.isReading(id)) return;
    const last = threads.get(id)?.messages.at(-1);
    const conversation = conversations.get(id);
    if (!last || !conversation || last.seq <= (conversation.last_read_seq ?? 0)) return;
    this.store.update((state) => applyMyReadPosition(state, id, last.seq));
    if (last.sender_id === me?.id && !conversation.unread_count) return;
    this.#send(id, last.id);
  }

  /** Sends again what the former socket may have lost. The gateway ignores positions that it knows. */
  reconnected(): void {
    const lost = [...this.#unconfirmed];
    this.#unconfirmed.clear();
    for (const [id, upTo] of lost) this.#send(id, upTo);
  }

  #send(id: string, upTo: string): void {
    if (this.connection.send({ type: 'mark_read', conversation_id: id, up_to: upTo })) this.#unconfirmed.set(id, upTo);
    else void this.api.markRead(id, upTo).catch(() => undefined);
  }
}
