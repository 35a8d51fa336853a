import { html, nothing, type TemplateResult } from 'lit';
import { otherOf, titleOf } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import { conversationAvatar, emptyState } from './parts.ts';
import { icon } from './icons.ts';
import { View } from './view.ts';

/** The open conversation: who it is with, what was said, and where to write. */
export class ThreadView extends View {
  protected override shown(state: ChatState): readonly unknown[] {
    const id = state.screen.conversationId ?? '';
    return [state.screen, state.conversations.get(id), state.people, state.me, state.conversationsLoad];
  }

  protected override render(): TemplateResult {
    const { texts, chat } = this.ui;
    const id = this.state.screen.conversationId;
    const conversation = id === null ? undefined : this.state.conversations.get(id);
    if (!conversation) {
      const action = html`<button class="button primary" @click=${() => chat.tab('people')}>${icon('people')}${texts.t('find_people')}</button>`;
      return emptyState('chat', texts.t('no_chat_open'), texts.t('no_chat_open_hint'), action);
    }
    const other = otherOf(this.state, conversation);
    const subtitle = conversation.is_group
      ? texts.t('members', { n: conversation.participant_count })
      : other?.is_online
        ? texts.t('online')
        : other?.last_seen
          ? texts.t('last_seen', { when: texts.ago(other.last_seen, this.ui.now()) })
          : texts.t('offline');
    return html`
      <header class="thread-head" part="thread-header">
        ${this.state.screen.wide
          ? nothing
          : html`<button class="tool" aria-label=${texts.t('back')} title=${texts.t('back')} @click=${() => chat.tab('chats')}>${icon('back')}</button>`}
        ${conversationAvatar(this.state, conversation, 'small')}
        <div class="thread-who">
          <h2 class="thread-title" dir="auto">${titleOf(this.state, conversation)}</h2>
          <span class="thread-sub ${other?.is_online ? 'on' : ''}">${subtitle}</span>
        </div>
      </header>
      <tenant-chat-messages .ui=${this.ui} .conversationId=${conversation.id}></tenant-chat-messages>
      <tenant-chat-composer .ui=${this.ui} .conversationId=${conversation.id}></tenant-chat-composer>
    `;
  }
}
