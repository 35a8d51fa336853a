import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Attachment } from '../api/wire.ts';
import { icon } from './icons.ts';
import type { Ui } from './view.ts';
import { isolated, withoutControls } from '../i18n/bidi.ts';

/** The files of a message: pictures as thumbnails, other files as download links. */
export function files(ui: Ui, attachments: readonly Attachment[]): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  const pictures = attachments.filter((file) => file.thumbnail_url);
  const others = attachments.filter((file) => !file.thumbnail_url);
  return html`
    ${
      pictures.length > 0
        ? html`<div class="pictures ${pictures.length === 1 ? 'one' : ''}">
            ${pictures.map(
              (file) =>
                html`<button
                  class="picture"
                  part="picture"
                  aria-label=${ui.texts.t('show_picture', { name: file.filename })}
                  title=${withoutControls(file.filename)}
                  @click=${() => ui.showPicture(file)}
                >
                  <tenant-chat-picture
                    .ui=${ui}
                    .url=${file.thumbnail_url}
                    .alt=${withoutControls(file.filename)}
                  ></tenant-chat-picture>
                </button>`,
            )}
          </div>`
        : nothing
    }
    ${others.map((file) => fileLine(ui, file))}
  `;
}

function fileLine(ui: Ui, file: Attachment): TemplateResult {
  return html`<a
    class="file"
    part="file"
    href=${ui.chat.api.address(file.download_url)}
    download=${file.filename}
    aria-label=${ui.texts.t('download', { name: file.filename })}
    @click=${(event: Event) => ui.download(event, file)}
  >
    <span class="file-icon">${icon('file')}</span>
    <span class="file-text">
      <span class="file-name" dir="auto">${isolated(file.filename)}</span>
      <span class="file-size">${extensionOf(file.filename)} · ${ui.texts.size(file.size)}</span>
    </span>
    ${icon('download')}
  </a>`;
}

function extensionOf(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toUpperCase() : '';
}

/** A picture from the gateway. Its space is reserved, so that the layout does not shift when it has loaded. */
export class Picture extends LitElement {
  static override properties = {
    ui: { attribute: false },
    url: {},
    alt: {},
    source: { state: true },
    broken: { state: true },
  };
  declare ui: Ui;
  declare url: string;
  declare alt: string;
  declare source: string;
  declare broken: boolean;

  constructor() {
    super();
    this.source = '';
    this.broken = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('url')) void this.#load(this.url);
  }

  protected override render(): TemplateResult {
    if (this.broken) return html`<span class="picture-broken">${icon('file')}</span>`;
    return this.source === ''
      ? html`<span class="picture-wait"></span>`
      : html`<img
          src=${this.source}
          alt=${this.alt}
          loading="lazy"
          decoding="async"
          @error=${() => (this.broken = true)}
        />`;
  }

  async #load(url: string): Promise<void> {
    this.broken = false;
    try {
      const source = await this.ui.fileUrl(url);
      if (this.url === url) this.source = source;
    } catch {
      this.broken = true;
    }
  }
}
