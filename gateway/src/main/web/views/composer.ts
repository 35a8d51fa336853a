import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ChatState } from '../state/model.ts';
import { titleOf } from '../state/conversations.ts';
import { icon } from './icons.ts';
import { codePoints } from './text.ts';
import { View } from './view.ts';

const contentLimit = 5000;

/** Where one writes. What is not sent yet is kept, for each conversation, over closing and reload. */
export class Composer extends View {
  static override properties = { ...View.properties, conversationId: {}, content: { state: true } };
  declare conversationId: string;
  declare content: string;

  constructor() {
    super();
    this.conversationId = '';
    this.content = '';
  }

  protected override shown(state: ChatState): readonly unknown[] {
    return [state.me, state.conversations];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('conversationId')) this.content = this.ui.chat.keep?.draft(this.conversationId).content ?? '';
  }

  protected override render(): TemplateResult {
    const { texts } = this.ui;
    const conversation = this.state.conversations.get(this.conversationId);
    const name = conversation ? titleOf(this.state, conversation) : '';
    const over = codePoints(this.content) - (this.state.me?.limits?.max_content_length ?? contentLimit);
    return html`<form class="composer" part="composer" @submit=${this.#submit}>
      ${over > 0 ? html`<p class="over" role="alert">${texts.t('too_long', { n: over })}</p>` : nothing}
      <div class="composer-row">
        <textarea
          part="input"
          rows="1"
          dir="auto"
          placeholder=${texts.t('write')}
          aria-label=${texts.t('write_to', { name })}
          .value=${live(this.content)}
          @input=${this.#input}
          @keydown=${this.#key}
        ></textarea>
        <button class="send" part="send" type="submit" aria-label=${texts.t('send')} title=${texts.t('send')} ?disabled=${!this.#sendable}>
          ${icon('send')}
        </button>
      </div>
    </form>`;
  }

  protected override updated(): void {
    const area = this.querySelector('textarea');
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 132)}px`;
  }

  override focus(): void {
    this.querySelector('textarea')?.focus();
  }

  get #sendable(): boolean {
    return this.content.trim() !== '' && codePoints(this.content) <= contentLimit;
  }

  readonly #input = (event: Event): void => {
    this.content = (event.target as HTMLTextAreaElement).value;
    this.ui.chat.keep?.keepDraft(this.conversationId, { content: this.content, attachments: [] });
    if (this.content !== '') this.ui.chat.typing(this.conversationId);
  };

  readonly #key = (event: KeyboardEvent): void => {
    // 229 is what browsers report for keys that an input method is still working on.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    if (!this.#sendable) return;
    this.ui.chat.send(this.conversationId, this.content.trim(), []);
    this.content = '';
    this.ui.chat.keep?.keepDraft(this.conversationId, { content: '', attachments: [] });
    this.focus();
  }
}
