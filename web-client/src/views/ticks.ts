import { html, type TemplateResult } from 'lit';
import type { MessageStatus } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import type { SendState } from '../state/sending.ts';
import { icon } from './icons.ts';

/** One tick means sent, two mean delivered, two coloured ones mean read. A hidden text says the same. */
export function statusTicks(texts: Texts, status: MessageStatus): TemplateResult {
  const text = texts.t(`status_${status}`);
  return html`<span class="ticks ${status}" part="status" title=${text} data-status=${status}
    >${icon(status === 'sent' ? 'check' : 'checks')}<span class="vh">${text}</span></span
  >`;
}

export function pendingStatus(texts: Texts, state: SendState): TemplateResult {
  const key =
    state.kind === 'failed' ? 'status_failed' : state.kind === 'sending' ? 'status_sending' : 'status_waiting';
  return html`<span class="ticks ${state.kind}" part="status" title=${texts.t(key)} data-status=${state.kind}
    >${icon(state.kind === 'failed' ? 'alert' : 'clock')}<span class="vh">${texts.t(key)}</span></span
  >`;
}
