import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.ts';
import { totalUnread } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import { onlineCount } from '../state/people.ts';
import { icon } from './icons.ts';
import { badge, emptyState, rowSkeletons } from './shared-templates.ts';

/** Before somebody is in, and after: what the panel shows instead of the chat. */
export type ChatPhase = 'waiting' | 'starting' | 'ready' | 'not_signed_in' | 'signed_out' | 'no_tenant' | 'failed';

export interface EntryActions {
  /** Where one signs in, or null where the host page sees to that. */
  signInUrl: string | null;
  /** Somebody has gone there, in a tab of its own: when they come back, they may be in. */
  onSignInOpened: () => void;
  /** Closes the panel, or null on a page of its own. */
  close: (() => void) | null;
  retry: () => void;
}

export function entryScreen(texts: Texts, entry: ChatPhase, doors: EntryActions): TemplateResult {
  const { close } = doors;
  return html`${
    close
      ? html`<div class="head-top">
          <span class="head-name"></span>
          <button class="tool" part="close" aria-label=${texts.t('close')} title=${texts.t('close')} @click=${close}>
            ${icon('close')}
          </button>
        </div>`
      : nothing
  }${reason(texts, entry, doors)}`;
}

/** The bar that opens the panel: who is there, and what is unread. */
export function bar(texts: Texts, state: ChatState | null, open: () => void): TemplateResult {
  const unread = state ? totalUnread(state) : 0;
  const online = state ? onlineCount(state) : 0;
  const said = [
    texts.t('bar_open'),
    online ? texts.t('bar_online', { n: online }) : '',
    unread ? texts.t('bar_unread', { n: unread }) : '',
  ];
  return html`<button
    class="bar"
    part="bar"
    aria-label=${said.filter(Boolean).join(', ')}
    aria-expanded="false"
    @click=${open}
  >
    ${icon('chat')}<span>${texts.t('chat')}</span>
    <span class="online ${online > 0 ? '' : 'nobody'}">${online}</span>${badge(texts, unread)}
  </button>`;
}

function reason(
  texts: Texts,
  entry: ChatPhase,
  { signInUrl: signIn, onSignInOpened: signingIn, close, retry: again }: EntryActions,
): TemplateResult {
  switch (entry) {
    case 'not_signed_in':
    case 'signed_out': {
      const link = html`<a
        class="button primary"
        href=${signIn}
        target=${close ? '_blank' : '_self'}
        @click=${signingIn}
        >${texts.t('sign_in')}</a
      >`;
      return emptyState(
        'leave',
        texts.t(entry === 'signed_out' ? 'standing_signed_out' : 'sign_in_first'),
        '',
        signIn === null ? nothing : link,
      );
    }
    case 'no_tenant':
      return emptyState('alert', texts.t('standing_no_tenant'), '');
    case 'failed': {
      const retry = html`<button class="button" @click=${again}>${icon('retry')}${texts.t('try_again')}</button>`;
      return emptyState('alert', texts.t('start_failed'), '', retry);
    }
    case 'waiting':
    case 'starting':
    case 'ready':
      return rowSkeletons(6);
  }
}
