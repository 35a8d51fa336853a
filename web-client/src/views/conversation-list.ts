import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../api/wire.ts';
import { byActivity, titleOf } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import { icon } from './icons.ts';
import {
  badge,
  conversationAvatar,
  emptyState,
  loadFailure,
  preview,
  rowSkeletons,
  searchField,
} from './shared-templates.ts';
import type { ListRow } from './virtual-list.ts';
import { matches } from './search.ts';
import { statusTicks } from './ticks.ts';
import { View } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

const rowHeight = 72;

/** The conversations, newest activity first, and the archived ones in a collapsible section at the end. */
export class ConversationList extends View {
  static override properties = { ...View.properties, query: { state: true }, archiveOpen: { state: true } };
  declare query: string;
  declare archiveOpen: boolean;

  constructor() {
    super();
    this.query = '';
    this.archiveOpen = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [
      state.conversations,
      state.conversationsLoad,
      state.people,
      state.typing,
      state.screen,
      state.queues,
      state.me,
    ];
  }

  protected override render(): TemplateResult {
    const { texts, chat } = this.ui;
    const { conversations, conversationsLoad } = this.state;
    if (conversations.size === 0 && conversationsLoad !== 'done') {
      return conversationsLoad === 'failed' ? loadFailure(texts, () => void chat.reload()) : rowSkeletons(6);
    }
    if (conversations.size === 0) {
      const action = html`<button class="button primary" @click=${() => chat.showTab('people')}>
        ${icon('people')}${texts.t('find_people')}
      </button>`;
      return emptyState('chat', texts.t('no_chats'), texts.t('no_chats_hint'), action);
    }
    const rows = this.#rows();
    return html`
      ${searchField(texts.t('search_chats'), this.query, (query) => (this.query = query))}
      ${
        rows.length === 0
          ? emptyState('search', texts.t('nothing_found', { query: this.query }), '')
          : html`<tenant-chat-virtual-list .rows=${rows} .label=${texts.t('conversations')}></tenant-chat-virtual-list>`
      }
    `;
  }

  #rows(): ListRow[] {
    const all = [...this.state.conversations.values()]
      .filter((one) =>
        matches(this.query, titleOf(this.state, one), ...one.participants.flatMap((p) => [p.name, p.email])),
      )
      .sort(byActivity);
    const archived = all.filter((one) => one.is_archived);
    const rows = all.filter((one) => !one.is_archived).map((one) => this.#row(one));
    if (archived.length === 0) return rows;
    rows.push({ key: 'archived', height: 48, render: () => this.#archiveToggle(archived.length) });
    if (this.archiveOpen || this.query !== '') rows.push(...archived.map((one) => this.#row(one)));
    return rows;
  }

  #archiveToggle(count: number): TemplateResult {
    return html`<button
      class="fold"
      data-row
      aria-expanded=${this.archiveOpen}
      @click=${() => (this.archiveOpen = !this.archiveOpen)}
    >
      ${icon('archive')}<span>${this.ui.texts.t('archived', { n: count })}</span>
    </button>`;
  }

  #row(conversation: Conversation): ListRow {
    return { key: conversation.id, height: rowHeight, render: () => this.#renderRow(conversation) };
  }

  #renderRow(conversation: Conversation): TemplateResult {
    const { texts } = this.ui;
    const state = this.state;
    const me = state.me?.id ?? '';
    const message = conversation.last_message;
    const pending = state.queues.get(conversation.id)?.at(-1);
    const typing = [...(state.typing.get(conversation.id)?.values() ?? [])];
    const unread = conversation.unread_count ?? 0;
    const title = titleOf(state, conversation);
    const selected = state.screen.conversationId === conversation.id && state.screen.wide;
    return html`<button
      class="row ${unread > 0 ? 'unread' : ''} ${selected ? 'selected' : ''}"
      part="conversation"
      data-row
      data-conversation-id=${conversation.id}
      aria-current=${selected ? 'true' : 'false'}
      @click=${() => this.#open(conversation)}
    >
      ${conversationAvatar(state, conversation)}
      <span class="row-text">
        <span class="row-line">
          <span class="row-title" dir="auto">${isolated(title)}</span>
          ${conversation.is_muted ? html`<span class="row-mark" title=${texts.t('muted')}>${icon('bellOff')}</span>` : nothing}
          ${message ? html`<time class="row-time">${texts.brief(message.created_at, this.ui.now())}</time>` : nothing}
        </span>
        <span class="row-line">
          <span class="row-preview" dir="auto"
            >${
              typing[0]
                ? html`<em>${texts.t('typing_one', { a: typing[0].name })}</em>`
                : pending
                  ? html`${icon(pending.state.kind === 'failed' ? 'alert' : 'clock')}${pending.content || texts.t('last_file', { n: 1 })}`
                  : message
                    ? html`${message.sender_id === me ? statusTicks(texts, message.status) : nothing}${preview(texts, message, me, conversation.is_group)}`
                    : texts.t('no_messages_hint')
            }</span
          >
          ${badge(texts, unread, conversation.is_muted)}
        </span>
      </span>
    </button>`;
  }

  #open(conversation: Conversation): void {
    void this.ui.chat.open(conversation.id);
    this.ui.focusComposer();
  }
}
