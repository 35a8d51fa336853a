import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../api/wire.ts';
import { otherOf, titleOf } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import type { Composer } from './composer.ts';
import { icon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { conversationAvatar, emptyState, rowSkeletons } from './shared-templates.ts';
import { View } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

/** The open conversation: its header, messages and composer, or the details of the group. */
export class ThreadView extends View {
  static override properties = { ...View.properties, detailsOf: { state: true }, dragging: { state: true } };
  /** The group whose details are shown instead of its messages. */
  declare detailsOf: string | null;
  declare dragging: boolean;

  constructor() {
    super();
    this.detailsOf = null;
    this.dragging = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    const id = state.screen.conversationId ?? '';
    return [state.screen, state.conversations.get(id), state.people, state.me, state.conversationsLoad];
  }

  protected override render(): TemplateResult {
    const { texts, chat } = this.ui;
    const id = this.state.screen.conversationId;
    const conversation = id === null ? undefined : this.state.conversations.get(id);
    if (!conversation) {
      if (id !== null && this.state.conversationsLoad !== 'done') return rowSkeletons(5);
      // In the wide layout the list of people is visible already.
      const action = this.state.screen.wide
        ? nothing
        : html`<button class="button primary" @click=${() => chat.showTab('people')}>
            ${icon('people')}${texts.t('find_people')}
          </button>`;
      return emptyState('chat', texts.t('no_chat_open'), texts.t('no_chat_open_hint'), action);
    }
    if (this.detailsOf === conversation.id) {
      return html`<tenant-chat-group
        .ui=${this.ui}
        .conversationId=${conversation.id}
        @done=${this.#closeDetails}
      ></tenant-chat-group>`;
    }
    return html`<div class="thread" @dragover=${this.#onDragOver} @dragleave=${this.#onDragLeave} @drop=${this.#onDrop}>
      ${this.#header(conversation)}
      <tenant-chat-messages .ui=${this.ui} .conversationId=${conversation.id}></tenant-chat-messages>
      <tenant-chat-composer .ui=${this.ui} .conversationId=${conversation.id}></tenant-chat-composer>
      ${this.dragging ? html`<div class="drop">${icon('clip')}<span>${texts.t('drop_files')}</span></div>` : nothing}
    </div>`;
  }

  #header(conversation: Conversation): TemplateResult {
    const { texts, chat } = this.ui;
    const other = otherOf(this.state, conversation);
    const title = titleOf(this.state, conversation);
    const who = html`<h2 class="thread-title">${isolated(title)}</h2>
      <span class="thread-sub ${other?.is_online ? 'on' : ''}">${this.#subtitle(conversation)}</span>`;
    return html`<div class="thread-head" part="thread-header">
      ${
        this.state.screen.wide
          ? nothing
          : html`<button
              class="tool"
              aria-label=${texts.t('back')}
              title=${texts.t('back')}
              @click=${() => chat.showTab('chats')}
            >
              ${icon('back')}
            </button>`
      }
      ${conversationAvatar(this.state, conversation, 'small')}
      <div class="thread-who">${who}</div>
      <tenant-chat-menu
        .label=${texts.t('conversation_menu')}
        icon-name="more"
        .items=${this.#menuItems(conversation)}
      ></tenant-chat-menu>
    </div>`;
  }

  #subtitle(conversation: Conversation): string {
    const { texts } = this.ui;
    const other = otherOf(this.state, conversation);
    if (conversation.is_group) return texts.t('members', { n: conversation.participant_count });
    if (other?.is_online) return texts.t('online');
    return other?.last_seen
      ? texts.t('last_seen', { when: texts.ago(other.last_seen, this.ui.now()) })
      : texts.t('offline');
  }

  #menuItems(conversation: Conversation): MenuItem[] {
    const { texts, chat } = this.ui;
    const { id, is_muted: muted, is_archived: archived } = conversation;
    const apply = (change: Parameters<typeof chat.groups.change>[1]): void => {
      chat.groups.change(id, change).catch(() => this.ui.showToast(texts.t('action_failed')));
    };
    const items: MenuItem[] = [
      {
        name: 'mute',
        icon: muted ? 'bell' : 'bellOff',
        text: texts.t(muted ? 'unmute' : 'mute'),
        run: () => apply(muted ? 'unmute' : 'mute'),
      },
      {
        name: 'archive',
        icon: 'archive',
        text: texts.t(archived ? 'unarchive' : 'archive'),
        run: () => apply(archived ? 'unarchive' : 'archive'),
      },
    ];
    if (!conversation.is_group) return items;
    const details: MenuItem = {
      name: 'group',
      icon: 'people',
      text: texts.t('group_details'),
      run: () => (this.detailsOf = id),
    };
    return [details, ...items];
  }

  readonly #closeDetails = (): void => {
    this.detailsOf = null;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('tenant-chat-menu button')?.focus());
  };

  readonly #onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dragging = true;
  };

  readonly #onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.dragging = false;
  };

  readonly #onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.dragging = false;
    this.querySelector<Composer>('tenant-chat-composer')?.addFiles(event.dataTransfer.files);
  };
}
