import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../api/wire.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import { isBigEmoji, richText } from './text.ts';
import { pendingStatus, statusTicks } from './ticks.ts';
import type { Ui } from './view.ts';

/** How a message stands to the one before: a new speaker gets a name and a face, a continued one only a bubble. */
export interface Grouping {
  mine: boolean;
  first: boolean;
  last: boolean;
  named: boolean;
}

/** What is drawn of a message, whether the gateway has it already or not. */
interface BubbleContent {
  parts: string;
  id: string | typeof nothing;
  seq: number | typeof nothing;
  clientId: string | typeof nothing;
  avatar: TemplateResult | typeof nothing;
  sender: string | null;
  hiddenSender: string;
  content: string;
  at: string;
  status: TemplateResult | typeof nothing;
  failure: TemplateResult | typeof nothing;
}

export function bubble(
  ui: Ui,
  message: Message,
  place: Grouping,
  files: TemplateResult | typeof nothing,
): TemplateResult {
  const { texts } = ui;
  const { mine, first, last, named } = place;
  const sender = message.sender_name || message.sender_email;
  return render(ui, place, files, {
    parts: mine ? 'message-mine' : 'message-theirs',
    id: message.id,
    seq: message.seq,
    clientId: nothing,
    avatar: mine ? nothing : senderAvatar(message, last),
    sender: named && first && !mine ? sender : null,
    hiddenSender: mine ? texts.t('you') : sender,
    content: message.content,
    at: message.created_at,
    status: mine ? statusTicks(texts, message.status) : nothing,
    failure: nothing,
  });
}

export function pendingBubble(
  ui: Ui,
  outgoing: OutgoingMessage,
  place: Grouping,
  files: TemplateResult | typeof nothing,
): TemplateResult {
  const { texts, chat } = ui;
  const { state: life } = outgoing;
  return render(ui, place, files, {
    parts: 'message-mine message-pending',
    id: nothing,
    seq: nothing,
    clientId: outgoing.id,
    avatar: nothing,
    sender: null,
    hiddenSender: texts.t('you'),
    content: outgoing.content,
    at: new Date(outgoing.createdAt).toISOString(),
    status: pendingStatus(texts, life),
    failure:
      life.kind === 'failed'
        ? html`<span class="failed-line" role="alert">
            <span title=${life.reason}>${texts.t('status_failed')}</span>
            <button class="link" @click=${() => chat.retry(outgoing.id)}>${icon('retry')}${texts.t('retry')}</button>
            <button class="link" @click=${() => chat.discard(outgoing.id)}>
              ${icon('trash')}${texts.t('discard')}
            </button>
          </span>`
        : nothing,
  });
}

/**
 * One template for both, so that the elements stay the same ones when the gateway accepts the message: a picture does
 * not flicker, a selection stays, and a click that has begun on a file still ends on it.
 */
function render(ui: Ui, place: Grouping, files: TemplateResult | typeof nothing, drawn: BubbleContent): TemplateResult {
  const { texts } = ui;
  const { content } = drawn;
  return html`<div
    class="message ${place.mine ? 'mine' : 'theirs'} ${place.first ? 'first' : ''} ${place.last ? 'last' : ''}"
    part="message ${drawn.parts}"
    data-message-id=${drawn.id}
    data-seq=${drawn.seq}
    data-client-message-id=${drawn.clientId}
  >
    ${drawn.avatar}
    <div class="bubble-column">
      ${drawn.sender === null ? html`<span class="vh">${drawn.hiddenSender}</span>` : html`<span class="sender" dir="auto">${drawn.sender}</span>`}
      <div class="bubble ${isBigEmoji(content) ? 'big' : ''}" part="bubble">
        ${files}${content === '' ? nothing : html`<span class="content" dir="auto" part="content">${richText(content)}</span>`}
        <span class="meta"
          ><time datetime=${drawn.at} title=${texts.full(drawn.at)}>${texts.time(drawn.at)}</time>${drawn.status}</span
        >
      </div>
      ${drawn.failure}
    </div>
  </div>`;
}

function senderAvatar(message: Message, shown: boolean): TemplateResult {
  return shown
    ? avatar(message.sender_id, message.sender_name || message.sender_email, null, 'tiny')
    : html`<span class="avatar-gap"></span>`;
}
