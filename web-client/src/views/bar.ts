import { html, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.ts';
import { totalUnread } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import { onlineCount } from '../state/people.ts';
import { icon } from './icons.ts';
import { badge } from './shared-templates.ts';

/** The bar that opens the panel, with the number of people online and of unread messages. */
export function bar(texts: Texts, state: ChatState | null, open: () => void): TemplateResult {
  const unread = state ? totalUnread(state) : 0;
  const online = state ? onlineCount(state) : 0;
  const labels = [
    texts.t('bar_open'),
    online ? texts.t('bar_online', { n: online }) : '',
    unread ? texts.t('bar_unread', { n: unread }) : '',
  ];
  return html`<button
    class="bar"
    part="bar"
    aria-label=${labels.filter(Boolean).join(', ')}
    aria-expanded="false"
    @click=${open}
  >
    ${icon('chat')}<span>${texts.t('chat')}</span>
    <span class="online ${online > 0 ? '' : 'nobody'}">${online}</span>${badge(texts, unread)}
  </button>`;
}
