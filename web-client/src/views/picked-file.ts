import { html, nothing, type TemplateResult } from 'lit';
import type { Limits } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import type { PickedFile } from '../state/uploads.ts';
import { icon } from './icons.ts';
import { isolated } from '../i18n/bidi.ts';

export interface PickedFileActions {
  retry: () => void;
  /** Removes the file, or cancels its upload. */
  remove: () => void;
}

/** A picked file in the composer, with its progress or the reason why it cannot be sent. */
export function pickedFile(texts: Texts, limits: Limits, file: PickedFile, actions: PickedFileActions): TemplateResult {
  const { name, state } = file;
  const bad = state.kind === 'failed' || state.kind === 'refused';
  const uploading = state.kind === 'uploading';
  const progress = uploading
    ? html`<progress max="1" value=${state.fraction} aria-label=${texts.t('uploading', { name })}></progress>`
    : nothing;
  const retry =
    state.kind === 'failed'
      ? html`<button
          type="button"
          class="tool tiny"
          aria-label=${texts.t('retry_file', { name })}
          title=${texts.t('retry')}
          @click=${actions.retry}
        >
          ${icon('retry')}
        </button>`
      : nothing;
  return html`<li class="picked-file ${bad ? 'bad' : ''}" part="upload" data-upload=${state.kind}>
    <span class="file-icon">${icon(bad ? 'alert' : state.kind === 'done' ? 'check' : 'file')}</span>
    <span class="file-text">
      <span class="file-name" dir="auto">${isolated(name)}</span>
      <span class="file-size">${description(texts, limits, file)}</span>
      ${progress}
    </span>
    ${retry}
    <button
      type="button"
      class="tool tiny"
      aria-label=${texts.t(uploading ? 'cancel_file' : 'remove_file', { name })}
      title=${texts.t(uploading ? 'cancel' : 'remove')}
      @click=${actions.remove}
    >
      ${icon('close')}
    </button>
  </li>`;
}

function description(texts: Texts, limits: Limits, { size, state }: PickedFile): string {
  switch (state.kind) {
    case 'uploading':
      return `${Math.round(state.fraction * 100)} %`;
    case 'done':
      return texts.size(size);
    case 'failed':
      return state.reason ?? texts.t('upload_failed');
    case 'refused':
      return texts.t(`refused_${state.reason}`, {
        size: texts.size(limits.attachment_bytes),
        n: limits.attachments_per_message,
      });
  }
}
