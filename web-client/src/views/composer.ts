import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Limits } from '../api/wire.ts';
import { titleOf } from '../state/conversations.ts';
import { limitsOf } from '../state/limits.ts';
import type { ChatState } from '../state/model.ts';
import { acceptedExtensions, type PickedFile } from '../state/uploads.ts';
import { emojiPicker } from './emoji.ts';
import { icon } from './icons.ts';
import { pasteOf } from './paste.ts';
import { pickedFile } from './picked-file.ts';
import { codePoints } from './text.ts';
import { View } from './view.ts';

const maxHeightPx = 132;

/** The text field with its attachments. The draft of each conversation survives closing the chat and a reload. */
export class Composer extends View {
  static override properties = {
    ...View.properties,
    conversationId: {},
    content: { state: true },
    emojiOpen: { state: true },
  };
  declare conversationId: string;
  declare content: string;
  declare emojiOpen: boolean;

  constructor() {
    super();
    this.conversationId = '';
    this.content = '';
    this.emojiOpen = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [state.me, state.conversations.get(this.conversationId), state.uploads.get(this.conversationId)];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('conversationId')) return;
    this.content = this.ui.chat.drafts?.draft(this.conversationId).content ?? '';
    this.emojiOpen = false;
    this.ui.chat.uploads?.restore(this.conversationId);
  }

  protected override render(): TemplateResult {
    const { texts } = this.ui;
    const conversation = this.state.conversations.get(this.conversationId);
    const name = conversation ? titleOf(this.state, conversation) : '';
    const over = codePoints(this.content) - this.#limits.content_characters;
    const files = this.#files;
    return html`<form class="composer" part="composer" @submit=${this.#onSubmit} @keydown=${this.#onEscape}>
      ${this.emojiOpen ? emojiPicker(texts.t('emoji'), this.#insertEmoji) : nothing}
      ${over > 0 ? html`<p class="over" role="alert">${texts.t('too_long', { n: over })}</p>` : nothing}
      ${
        files.length > 0
          ? html`<ul class="picked" aria-label=${texts.t('files')}>
              ${files.map((file) => this.#pickedFile(file))}
            </ul>`
          : nothing
      }
      <div class="composer-row">
        <label class="tool round" part="attach" title=${texts.t('attach')}>
          ${icon('clip')}
          <input
            class="vh"
            type="file"
            multiple
            accept=${acceptedExtensions}
            aria-label=${texts.t('attach')}
            @change=${this.#onFilesChosen}
          />
        </label>
        <textarea
          part="input"
          rows="1"
          dir="auto"
          placeholder=${texts.t('write')}
          aria-label=${texts.t('write_to', { name })}
          .value=${live(this.content)}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @paste=${this.#onPaste}
        ></textarea>
        <button
          class="tool round"
          type="button"
          part="emoji-button"
          aria-label=${texts.t('emoji')}
          title=${texts.t('emoji')}
          aria-expanded=${this.emojiOpen}
          @click=${this.#toggleEmoji}
        >
          ${icon('smile')}
        </button>
        <button
          class="send"
          part="send"
          type="submit"
          aria-label=${texts.t('send')}
          title=${texts.t('send')}
          ?disabled=${!this.#canSend}
        >
          ${icon('send')}
        </button>
      </div>
    </form>`;
  }

  protected override updated(): void {
    const area = this.querySelector('textarea');
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, maxHeightPx)}px`;
    area.style.overflowY = area.scrollHeight > maxHeightPx ? 'auto' : 'hidden';
  }

  override focus(): void {
    this.querySelector('textarea')?.focus();
  }

  #pickedFile(file: PickedFile): TemplateResult {
    const { texts, chat } = this.ui;
    return pickedFile(texts, this.#limits, file, {
      retry: () => chat.uploads?.retry(this.conversationId, file.id),
      remove: () => chat.uploads?.remove(this.conversationId, file.id),
    });
  }

  get #limits(): Limits {
    return limitsOf(this.state);
  }

  get #files(): readonly PickedFile[] {
    return this.state.uploads.get(this.conversationId) ?? [];
  }

  get #canSend(): boolean {
    if (codePoints(this.content) > this.#limits.content_characters) return false;
    if (this.#files.some(({ state }) => state.kind === 'uploading')) return false;
    return this.content.trim() !== '' || this.#files.some(({ state }) => state.kind === 'done');
  }

  readonly #onInput = (event: Event): void => {
    this.#setContent((event.target as HTMLTextAreaElement).value);
    if (this.content !== '') this.ui.chat.typing(this.conversationId);
  };

  #setContent(content: string): void {
    this.content = content;
    this.ui.chat.uploads?.saveDraft(this.conversationId, content);
  }

  readonly #toggleEmoji = (): void => {
    this.emojiOpen = !this.emojiOpen;
    if (this.emojiOpen) void this.updateComplete.then(() => this.querySelector<HTMLElement>('.emoji button')?.focus());
  };

  readonly #insertEmoji = (emoji: string): void => {
    this.emojiOpen = false;
    this.#insert(emoji);
  };

  /** Replaces the selection with a text, and moves the cursor behind it. */
  #insert(text: string): void {
    const area = this.querySelector('textarea');
    const start = area?.selectionStart ?? this.content.length;
    const end = area?.selectionEnd ?? start;
    this.#setContent(this.content.slice(0, start) + text + this.content.slice(end));
    void this.updateComplete.then(() => {
      area?.focus();
      area?.setSelectionRange(start + text.length, start + text.length);
    });
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // Safari reports the Enter that ends a composition with `isComposing` false; only its key code is 229.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  };

  readonly #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.emojiOpen) return;
    event.preventDefault();
    this.emojiOpen = false;
    this.focus();
  };

  readonly #onFilesChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.addFiles(input.files ?? []);
    input.value = '';
    this.focus();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    if (!data) return;
    const paste = pasteOf(data);
    if (paste.kind === 'plain') return;
    event.preventDefault();
    if (paste.kind === 'files') this.addFiles(data.files);
    else this.#insert(paste.text);
  };

  /** Adds files that were chosen, pasted, or dropped on the conversation. */
  addFiles(files: Iterable<File>): void {
    this.ui.chat.uploads?.pick(this.conversationId, files);
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    if (!this.#canSend) return;
    this.ui.chat.send(this.conversationId, this.content.trim());
    this.content = '';
    this.emojiOpen = false;
    this.focus();
  }
}
