import { LitElement } from 'lit';
import type { Attachment } from '../api/wire.ts';
import type { Chat } from '../chat/chat.ts';
import type { Texts } from '../i18n/texts.ts';
import type { ChatState } from '../state/model.ts';

/** The chat, the texts and the actions that every view receives. */
export interface Ui {
  readonly chat: Chat;
  readonly texts: Texts;
  now(): number;
  /** The URL by which the page can show a file of the gateway. */
  fileUrl(url: string): Promise<string>;
  showPicture(file: Attachment): void;
  /** Saves a file if its link needs a token. Otherwise the browser handles the click. */
  download(event: Event | null, file: Attachment): void;
  /** Focuses the composer, except on touch screens, where that would open the keyboard. */
  focusComposer(): void;
  close(): void;
  signOut(): void;
  /** Shows a line of text for a few seconds. */
  showToast(text: string): void;
}

/**
 * A custom element without its own shadow root. All views share the shadow root of `<tenant-chat>`, so that they share
 * one style sheet and `::part` reaches every element. A view renders again when its part of the state changes.
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
      const dependencies = this.dependencies(state);
      if (dependencies.some((value, index) => value !== this.#lastDependencies[index])) {
        this.#lastDependencies = dependencies;
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

  /** Runs the action. If it fails, shows a toast and returns false. */
  protected async tryAction(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch {
      this.ui.showToast(this.ui.texts.t('action_failed'));
      return false;
    }
  }

  /** The values of the state that this view renders. It renders again when one of them is a different value. */
  protected abstract dependencies(state: ChatState): readonly unknown[];
}
