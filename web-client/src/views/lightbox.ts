import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Attachment } from '../api/wire.ts';
import { icon } from './icons.ts';
import type { Ui } from './view.ts';
import { isolated, withoutControls } from '../i18n/bidi.ts';

/** A modal dialog with one picture, as large as the window allows. The browser keeps the focus inside it. */
export class Lightbox extends LitElement {
  static override properties = {
    ui: { attribute: false },
    file: { attribute: false },
    source: { state: true },
    thumbnailShown: { state: true },
  };
  declare ui: Ui;
  declare file: Attachment | null;
  declare source: string;
  declare thumbnailShown: boolean;

  constructor() {
    super();
    this.file = null;
    this.source = '';
    this.thumbnailShown = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  async show(file: Attachment): Promise<void> {
    this.file = file;
    this.source = '';
    this.thumbnailShown = false;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
    this.source = await this.ui.fileUrl(file.download_url).catch(() => '');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { file } = this;
    if (!file) return nothing;
    const { texts } = this.ui;
    return html`<dialog
      class="lightbox"
      part="lightbox"
      aria-label=${withoutControls(file.filename)}
      @close=${() => (this.file = null)}
      @keydown=${this.#onKeydown}
      @click=${this.#onClick}
    >
      <div>
        <span class="file-name" dir="auto">${isolated(file.filename)}</span>
        <a
          class="tool"
          href=${this.ui.chat.api.address(file.download_url)}
          download=${file.filename}
          aria-label=${texts.t('download', { name: file.filename })}
          @click=${(event: Event) => this.ui.download(event, file)}
          >${icon('download')}</a
        >
        <button class="tool" aria-label=${texts.t('close_picture')} @click=${this.#close}>${icon('close')}</button>
      </div>
      ${this.source === '' ? html`<i class="spinner"></i>` : html`<img src=${this.source} alt=${withoutControls(file.filename)} @error=${this.#showThumbnail} />`}
    </dialog>`;
  }

  readonly #close = (): void => this.querySelector('dialog')?.close();

  readonly #onClick = (event: Event): void => {
    if (event.target === event.currentTarget) this.#close();
  };

  /** Esc closes the dialog only, not the panel behind it. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  /** Shows the thumbnail if the browser cannot show the original. */
  readonly #showThumbnail = (): void => {
    if (this.thumbnailShown || !this.file?.thumbnail_url) return;
    this.thumbnailShown = true;
    void this.ui.fileUrl(this.file.thumbnail_url).then((source) => (this.source = source));
  };
}
