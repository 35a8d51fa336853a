import { LitElement } from 'lit';
import type { Attachment } from '../api/wire.ts';
import type { Chat } from '../chat/chat.ts';
import type { Texts } from '../i18n/texts.ts';
import type { ChatState } from '../state/model.ts';

/** What every view is given: the chat to show and act on, and the language to show it in. */
export interface Ui {
  readonly chat: Chat;
  readonly texts: Texts;
  now(): number;
  /** A picture or file of the gateway's, as an address that the page may show. */
  fileUrl(url: string): Promise<string>;
  showPicture(file: Attachment): void;
  /** Saves a file where the link alone would not do; else leaves the click to the browser. */
  download(event: Event | null, file: Attachment): void;
  /** Puts the cursor where one writes, unless that would unfold the keyboard of a phone. */
  focusComposer(): void;
  close(): void;
  signOut(): void;
  /** Tells the person, in one line that goes away by itself. */
  showToast(text: string): void;
}

/**
 * A view is a custom element without a shadow root of its own: it lives in the one of `<tenant-chat>`, so that one
 * style sheet serves all and `::part` reaches everything. It is drawn anew when the state it shows changes.
 */
export abstract class View extends LitElement {
  static override properties = { ui: { attribute: false } };
  declare ui: Ui;
  #unlisten: (() => void) | null = null;
  #lastDependencies: readonly unknown[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unlisten = this.ui.chat.store.listen((state) => {
      const slice = this.dependencies(state);
      if (slice.some((value, index) => value !== this.#lastDependencies[index])) {
        this.#lastDependencies = slice;
        this.requestUpdate();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlisten?.();
  }

  protected get state(): ChatState {
    return this.ui.chat.store.state;
  }

  /** Does it, or tells the person that it did not work. */
  protected async tryAction(what: () => Promise<unknown>): Promise<boolean> {
    try {
      await what();
      return true;
    } catch {
      this.ui.showToast(this.ui.texts.t('action_failed'));
      return false;
    }
  }

  /** The parts of the state that this view draws; it is drawn anew when one of them is another value. */
  protected abstract dependencies(state: ChatState): readonly unknown[];
}
