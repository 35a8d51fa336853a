import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../api/wire.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import { isBigEmoji, richText } from './text.ts';
import { pendingStatus, statusTicks } from './ticks.ts';
import type { Ui } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

/** The place of a message in a group of one sender: the first has the name, the last has the avatar. */
export interface Grouping {
  mine: boolean;
  first: boolean;
  last: boolean;
  named: boolean;
}

/** The content of a bubble, for stored and for pending messages. */
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
  grouping: Grouping,
  files: TemplateResult | typeof nothing,
): TemplateResult {
  const { texts } = ui;
  const { mine, first, last, named } = grouping;
  const sender = message.sender_name || message.sender_email;
  return render(ui, grouping, files, {
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
  grouping: Grouping,
  files: TemplateResult | typeof nothing,
): TemplateResult {
  const { texts, chat } = ui;
  const { state } = outgoing;
  return render(ui, grouping, files, {
    parts: 'message-mine message-pending',
    id: nothing,
    seq: nothing,
    clientId: outgoing.id,
    avatar: nothing,
    sender: null,
    hiddenSender: texts.t('you'),
    content: outgoing.content,
    at: new Date(outgoing.createdAt).toISOString(),
    status: pendingStatus(texts, state),
    failure:
      state.kind === 'failed'
        ? html`<span class="failed-line" role="alert">
            <span title=${state.reason}>${texts.t('status_failed')}</span>
            <button class="link" @click=${() => chat.retry(outgoing.id)}>${icon('retry')}${texts.t('retry')}</button>
            <button class="link" @click=${() => chat.discard(outgoing.id)}>
              ${icon('trash')}${texts.t('discard')}
            </button>
          </span>`
        : nothing,
  });
}

/**
 * Renders stored and pending messages with one template, so that Lit keeps the elements when the gateway has stored
 * the message. Otherwise pictures would flicker, and a selection or a click in progress would be lost.
 */
function render(
  ui: Ui,
  grouping: Grouping,
  files: TemplateResult | typeof nothing,
  bubble: BubbleContent,
): TemplateResult {
  const { texts } = ui;
  const { content } = bubble;
  return html`<div
    class="message ${grouping.mine ? 'mine' : 'theirs'} ${grouping.first ? 'first' : ''} ${grouping.last ? 'last' : ''}"
    part="message ${bubble.parts}"
    data-message-id=${bubble.id}
    data-seq=${bubble.seq}
    data-client-message-id=${bubble.clientId}
  >
    ${bubble.avatar}
    <div class="bubble-column">
      ${bubble.sender === null ? html`<span class="vh">${isolated(bubble.hiddenSender)}</span>` : html`<span class="sender" dir="auto">${isolated(bubble.sender)}</span>`}
      <div class="bubble ${isBigEmoji(content) ? 'big' : ''}" part="bubble">
        ${files}${content === '' ? nothing : html`<span class="content" dir="auto" part="content">${richText(content)}</span>`}
        <span class="meta"
          ><time datetime=${bubble.at} title=${texts.full(bubble.at)}>${texts.time(bubble.at)}</time
          >${bubble.status}</span
        >
      </div>
      ${bubble.failure}
    </div>
  </div>`;
}

function senderAvatar(message: Message, shown: boolean): TemplateResult {
  return shown
    ? avatar(message.sender_id, message.sender_name || message.sender_email, null, 'tiny')
    : html`<span class="avatar-gap"></span>`;
}
