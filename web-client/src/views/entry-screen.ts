import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.ts';
import { icon } from './icons.ts';
import { emptyState, rowSkeletons } from './shared-templates.ts';

/** `waiting`: the page is on another origin and has not set `getToken` yet. */
export type ChatPhase = 'waiting' | 'starting' | 'ready' | 'not_signed_in' | 'signed_out' | 'no_tenant' | 'failed';

export interface EntryActions {
  /** Where the person signs in; null if the host page handles that. */
  signInUrl: string | null;
  /** The person opened the sign-in page in another tab. The chat starts again when this tab has the focus. */
  onSignInOpened: () => void;
  /** Closes the panel; null on a full page. */
  close: (() => void) | null;
  retry: () => void;
}

/** The content of the panel in every phase but `ready`. */
export function entryScreen(texts: Texts, phase: ChatPhase, actions: EntryActions): TemplateResult {
  const { close } = actions;
  const header = close
    ? html`<div class="head-top">
        <span class="head-name"></span>
        <button class="tool" part="close" aria-label=${texts.t('close')} title=${texts.t('close')} @click=${close}>
          ${icon('close')}
        </button>
      </div>`
    : nothing;
  return html`${header}${message(texts, phase, actions)}`;
}

function message(texts: Texts, phase: ChatPhase, actions: EntryActions): TemplateResult {
  switch (phase) {
    case 'not_signed_in':
      return emptyState('leave', texts.t('sign_in_first'), '', signInLink(texts, actions));
    case 'signed_out':
      return emptyState('leave', texts.t('connection_signed_out'), '', signInLink(texts, actions));
    case 'no_tenant':
      return emptyState('alert', texts.t('connection_no_tenant'), '');
    case 'failed': {
      const retry = html`<button class="button" @click=${actions.retry}>
        ${icon('retry')}${texts.t('try_again')}
      </button>`;
      return emptyState('alert', texts.t('start_failed'), '', retry);
    }
    case 'waiting':
    case 'starting':
    case 'ready':
      return rowSkeletons(6);
  }
}

function signInLink(texts: Texts, { signInUrl, onSignInOpened, close }: EntryActions): TemplateResult | typeof nothing {
  if (signInUrl === null) return nothing;
  return html`<a class="button primary" href=${signInUrl} target=${close ? '_blank' : '_self'} @click=${onSignInOpened}
    >${texts.t('sign_in')}</a
  >`;
}
