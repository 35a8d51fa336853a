import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, Message } from '../api/wire.ts';
import { otherOf } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import type { Texts } from '../i18n/texts.ts';
import { avatar, groupAvatar } from './avatar.ts';
import { icon, type Icon } from './icons.ts';
import { embedded } from '../i18n/bidi.ts';

export function conversationAvatar(state: ChatState, conversation: Conversation, size = ''): TemplateResult {
  const other = otherOf(state, conversation);
  return other
    ? avatar(other.id, other.name || other.email, state.people.has(other.id) ? other.is_online : null, size)
    : groupAvatar(conversation.id, size);
}

export function emptyState(
  name: Icon,
  title: string,
  hint: string,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="empty">
    <span class="empty-icon">${icon(name)}</span>
    <p class="empty-title">${title}</p>
    <p class="empty-hint">${hint}</p>
    ${action}
  </div>`;
}

export function searchField(label: string, query: string, onQuery: (query: string) => void): TemplateResult {
  return html`<div class="search">
    ${icon('search')}
    <input
      type="search"
      part="search"
      placeholder=${label}
      aria-label=${label}
      .value=${query}
      @input=${(event: Event) => onQuery((event.target as HTMLInputElement).value)}
    />
  </div>`;
}

export function loadFailure(texts: Texts, retry: () => void, text = texts.t('load_failed')): TemplateResult {
  return html`<div class="empty" role="alert">
    <span class="empty-icon bad">${icon('alert')}</span>
    <p class="empty-title">${text}</p>
    <button class="button" @click=${retry}>${icon('retry')}${texts.t('try_again')}</button>
  </div>`;
}

/** Placeholders for rows that are being loaded, so that the layout does not shift. */
export function rowSkeletons(count: number): TemplateResult {
  return html`<div class="skeletons" aria-hidden="true">
    ${Array.from(
      { length: count },
      () =>
        html`<div class="skeleton-row">
          <i></i><span><b></b><b></b></span>
        </div>`,
    )}
  </div>`;
}

export function preview(texts: Texts, message: Message, me: string, isGroup: boolean): string {
  const text = message.content.trim() || texts.t('last_file', { n: Math.max(1, message.attachments.length) });
  if (message.sender_id === me) return texts.t('last_you', { text });
  return isGroup ? `${embedded(message.sender_name.split(' ')[0] ?? '')}: ${text}` : text;
}

export function badge(texts: Texts, count: number, quiet = false): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<span class="badge ${quiet ? 'quiet' : ''}" part="badge"
    ><span aria-hidden="true">${count > 99 ? '99+' : count}</span
    ><span class="vh">${texts.t('unread', { n: count })}</span></span
  >`;
}
