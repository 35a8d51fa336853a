import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.ts';
import type { Typist } from '../state/model.ts';
import { bubble, pendingBubble } from './bubble.ts';
import type { Entry } from './entries.ts';
import { files } from './files.ts';
import { icon } from './icons.ts';
import type { Ui } from './view.ts';

/** A message, with the day separator and the "new messages" line above it. */
export function entryTemplate(ui: Ui, entry: Entry): TemplateResult {
  const { day, grouping } = entry;
  const seq = entry.kind === 'message' ? entry.message.seq : nothing;
  const newLine = html`<div class="new-line" part="new-line"><span>${ui.texts.t('new_messages')}</span></div>`;
  return html`<div class="entry" data-seq=${seq}>
    ${day ? html`<div class="day" part="day"><span>${day}</span></div>` : nothing} ${entry.newLine ? newLine : nothing}
    ${
      entry.kind === 'message'
        ? bubble(ui, entry.message, grouping, files(ui, entry.message.attachments))
        : pendingBubble(ui, entry.outgoing, grouping, files(ui, entry.outgoing.attachments))
    }
  </div>`;
}

export function typingLine(texts: Texts, typists: Iterable<Typist>): TemplateResult | typeof nothing {
  const [a, b, more] = [...typists].map((typist) => typist.name);
  if (a === undefined) return nothing;
  const text =
    b === undefined
      ? texts.t('typing_one', { a })
      : more === undefined
        ? texts.t('typing_two', { a, b })
        : texts.t('typing_many');
  return html`<div class="typing" part="typing">
    <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span><span>${text}</span>
  </div>`;
}

/** The button that scrolls to the latest message; `count` is the number of new messages below. */
export function jumpButton(texts: Texts, count: number, jump: () => void): TemplateResult {
  const text = count > 0 ? texts.t('jump_new', { n: count }) : texts.t('jump_latest');
  return html`<button
    class="jump ${count > 0 ? 'counted' : ''}"
    part="jump"
    aria-label=${text}
    title=${text}
    @click=${jump}
  >
    ${icon('down')}${count > 0 ? html`<span class="badge" aria-hidden="true">${count}</span>` : nothing}
  </button>`;
}

export function messageSkeletons(): TemplateResult {
  return html`<div class="skeleton-log" aria-hidden="true">
    <i></i><i class="mine"></i><i></i><i class="mine short"></i>
  </div>`;
}
