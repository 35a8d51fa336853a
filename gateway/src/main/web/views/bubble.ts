import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../api/wire.ts';
import type { Outgoing } from '../state/sending.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import { isBigEmoji, richText } from './text.ts';
import { pendingMark, ticks } from './ticks.ts';
import type { Ui } from './view.ts';

/** How a message stands to the one before: a new speaker gets a name and a face, a continued one only a bubble. */
export interface Place {
  mine: boolean;
  first: boolean;
  last: boolean;
  named: boolean;
}

export function bubble(ui: Ui, message: Message, place: Place, files: TemplateResult | typeof nothing): TemplateResult {
  const { texts } = ui;
  return html`<div
    class="message ${place.mine ? 'mine' : 'theirs'} ${place.first ? 'first' : ''} ${place.last ? 'last' : ''}"
    part="message ${place.mine ? 'message-mine' : 'message-theirs'}"
    data-message-id=${message.id}
    data-seq=${message.seq}
  >
    ${place.mine ? nothing : face(message, place.last)}
    <div class="bubble-column">
      ${place.named && place.first && !place.mine ? html`<span class="sender" dir="auto">${message.sender_name || message.sender_email}</span>` : html`<span class="vh">${place.mine ? texts.t('you') : message.sender_name}</span>`}
      <div class="bubble ${isBigEmoji(message.content) ? 'big' : ''}" part="bubble">
        ${files}${message.content === '' ? nothing : html`<span class="content" dir="auto" part="content">${richText(message.content)}</span>`}
        <span class="meta"
          ><time datetime=${message.created_at} title=${texts.full(message.created_at)}>${texts.time(message.created_at)}</time
          >${place.mine ? ticks(texts, message.status) : nothing}</span
        >
      </div>
    </div>
  </div>`;
}

export function pendingBubble(ui: Ui, outgoing: Outgoing, place: Place, files: TemplateResult | typeof nothing): TemplateResult {
  const { texts, chat } = ui;
  const { life } = outgoing;
  return html`<div
    class="message mine pending ${life.is === 'failed' ? 'failed' : ''} ${place.first ? 'first' : ''} ${place.last ? 'last' : ''}"
    part="message message-mine message-pending"
    data-client-message-id=${outgoing.id}
  >
    <div class="bubble-column">
      <span class="vh">${texts.t('you')}</span>
      <div class="bubble ${isBigEmoji(outgoing.content) ? 'big' : ''}" part="bubble">
        ${files}${outgoing.content === '' ? nothing : html`<span class="content" dir="auto" part="content">${richText(outgoing.content)}</span>`}
        <span class="meta"><time>${texts.time(outgoing.createdAt)}</time>${pendingMark(texts, life)}</span>
      </div>
      ${life.is === 'failed'
        ? html`<span class="failed-line" role="alert">
            <span title=${life.reason}>${texts.t('status_failed')}</span>
            <button class="link" @click=${() => chat.retry(outgoing.id)}>${icon('retry')}${texts.t('retry')}</button>
            <button class="link" @click=${() => chat.discard(outgoing.id)}>${icon('trash')}${texts.t('discard')}</button>
          </span>`
        : nothing}
    </div>
  </div>`;
}

function face(message: Message, shown: boolean): TemplateResult {
  return shown
    ? avatar(message.sender_id, message.sender_name || message.sender_email, null, 'tiny')
    : html`<span class="avatar-gap"></span>`;
}
