import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Api, type TokenSource } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import { Chat } from '../chat/chat.ts';
import { systemClock } from '../clock.ts';
import type { Attachment, Message } from '../api/wire.ts';
import { Notifier } from '../notifications/notifier.ts';
import { chooseLanguage, localeOf, Texts } from '../i18n/texts.ts';
import { totalUnread } from '../state/conversations.ts';
import { browserStorage } from '../state/draft-store.ts';
import type { ChatState } from '../state/model.ts';
import type { Composer } from '../views/composer.ts';
import type { Lightbox } from '../views/lightbox.ts';
import type { Panel } from '../views/panel.ts';
import { bar, entryScreen, type EntryActions, type ChatPhase } from '../views/entry-screen.ts';
import { styles } from '../views/styles.ts';
import type { Ui } from '../views/view.ts';
import { FileAccess } from './file-access.ts';
import { PageObserver } from './page-observer.ts';

/** Where this script came from: the gateway, unless `base-url` says otherwise. */
const scriptOrigin = ((): string | null => {
  const script = document.currentScript;
  return script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : null;
})();

/** `<tenant-chat>`: the whole chat as one element of the host page. */
export class TenantChat extends LitElement {
  static override styles = styles;
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    requestedLanguage: { attribute: 'lang' },
    theme: {},
    position: {},
    opened: { attribute: 'open', type: Boolean, reflect: true },
    fullPage: { attribute: 'full-page', type: Boolean },
    getToken: { attribute: false },
    phase: { state: true },
    dark: { state: true },
    wide: { state: true },
    toast: { state: true },
  };
  declare baseUrl: string | null;
  declare requestedLanguage: string | null;
  declare theme: 'light' | 'dark' | 'auto' | null;
  declare position: 'left' | 'right' | null;
  declare opened: boolean;
  declare fullPage: boolean;
  declare getToken: TokenSource | null;
  declare phase: ChatPhase;
  declare dark: boolean;
  declare wide: boolean;
  declare toast: string;

  #chat: Chat | null = null;
  #ui: Ui | null = null;
  #notifier: Notifier | null = null;
  #files: FileAccess | null = null;
  #started = false;
  #signInOpened = false;
  #pendingAction: ((chat: Chat) => Promise<unknown>) | null = null;
  #texts = new Texts('en');
  #unlisten: (() => void) | null = null;
  #toastTimer: (() => void) | null = null;
  readonly #pageObserver = new PageObserver(this, {
    onAttentionChange: (attentive) => this.#onAttentionChange(attentive),
    onNetworkChange: (online) => this.#chat?.setOnline(online),
    // The page may have a sign-out button of its own; nothing is to stay on the computer then either.
    onFormSubmit: (address) => address === `${this.#base}/sign-out` && this.#chat?.drafts?.clear(),
    onColourSchemeChange: (dark) => (this.dark = dark),
    onWidthChange: (wide) => (this.wide = wide),
  });

  constructor() {
    super();
    this.opened = false;
    this.fullPage = false;
    this.getToken = null;
    this.phase = 'waiting';
    this.dark = false;
    this.wide = false;
    this.toast = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pageObserver.connect();
    if (this.#started) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageObserver.disconnect();
    this.#stop();
  }

  open(): void {
    this.opened = true;
  }

  close(): void {
    this.opened = false;
  }

  toggle(): void {
    this.opened = !this.opened;
  }

  /** Opens the panel at that conversation; before the chat is ready, as soon as it is. */
  async openConversation(id: string): Promise<void> {
    this.open();
    await this.#whenReady((chat) => chat.open(id));
  }

  /** Opens the panel at the 1-to-1 with that person, which is made if there is none yet. */
  async startWith(userId: string): Promise<void> {
    this.open();
    await this.#whenReady((chat) => chat.startWith(userId));
  }

  /** Forgets this person on this computer (drafts, queue, connection); on the gateway's own origin ends the session too. */
  async signOut(): Promise<void> {
    const chat = this.#chat;
    chat?.drafts?.clear();
    this.#stop();
    this.phase = 'signed_out';
    if (!chat || this.getToken) return;
    const goOn = await chat.api.signOut().catch(() => null);
    if (this.fullPage && goOn !== null) location.assign(goOn);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('requestedLanguage') || this.#ui === null) {
      const language = chooseLanguage([this.requestedLanguage, document.documentElement.lang, ...navigator.languages]);
      this.#texts = new Texts(language, localeOf(language, navigator.languages));
      this.#makeUi();
    }
    if (changed.has('opened') || changed.has('fullPage') || changed.has('wide')) this.#showScreen();
  }

  protected override firstUpdated(): void {
    // After this update is through, so that what the host page sets right after the tag is there.
    void this.updateComplete.then(() => {
      this.#started = true;
      if (this.isConnected) void this.#start();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('opened') && changed.get('opened') !== undefined) this.#onOpenedOrClosed();
    const waiting = this.shadowRoot?.activeElement?.classList.contains('panel');
    if (changed.has('phase') && this.phase === 'ready' && waiting) void this.#focusInside();
    if (!this.#started) return;
    // A new function for the same thing (frameworks make one at every render) is simply the one asked next.
    const otherWay = changed.has('getToken') && !changed.get('getToken') !== !this.getToken;
    if (otherWay || changed.has('baseUrl')) void this.#start();
  }

  protected override render(): TemplateResult {
    const dark = this.theme === 'dark' || (this.theme !== 'light' && this.dark);
    const classes = [
      'root',
      this.fullPage ? 'page' : 'widget',
      this.position === 'left' ? 'left' : '',
      this.fullPage && this.wide ? 'wide' : '',
    ];
    return html`<div
      class=${classes.join(' ')}
      data-theme=${dark ? 'dark' : 'light'}
      lang=${this.#texts.language}
      @keydown=${this.#onKeydown}
      @keyup=${stopKeyPropagation}
      @keypress=${stopKeyPropagation}
    >
      ${this.fullPage || this.opened ? this.#panel() : bar(this.#texts, this.#chat?.store.state ?? null, () => this.open())}
    </div>`;
  }

  #panel(): TemplateResult {
    return html`<section
      class="panel"
      part="panel"
      tabindex="-1"
      role=${this.fullPage ? 'region' : 'dialog'}
      aria-label=${this.#texts.t('chat')}
    >
      ${this.fullPage ? html`<h1 class="vh">${this.#texts.t('chat')}</h1>` : nothing}
      ${this.phase === 'ready' && this.#ui ? this.#chatContent(this.#ui) : entryScreen(this.#texts, this.phase, this.#entryActions())}
      <div class="toast" role="status">${this.toast}</div>
    </section>`;
  }

  #chatContent(ui: Ui): TemplateResult {
    return html`<tenant-chat-panel .ui=${ui} .notifier=${this.#notifier} .fullPage=${this.fullPage}></tenant-chat-panel>
      <tenant-chat-lightbox .ui=${ui}></tenant-chat-lightbox>`;
  }

  #entryActions(): EntryActions {
    return {
      signInUrl: this.getToken ? null : this.#base,
      onSignInOpened: () => (this.#signInOpened = true),
      close: this.fullPage ? null : () => this.close(),
      retry: () => void this.#start(),
    };
  }

  get #base(): string {
    return new URL(this.baseUrl ?? scriptOrigin ?? location.origin, location.href).href.replace(/\/+$/, '');
  }

  async #start(): Promise<void> {
    this.#stop();
    const base = this.#base;
    if (!this.getToken && new URL(base).origin !== location.origin) {
      this.phase = 'waiting';
      return;
    }
    this.phase = 'starting';
    const chat = new Chat(new Api(base, this.#tokenSource()), systemClock, browserStorage(), {
      onMessage: (message, mine) => this.#onMessage(message, mine),
      onNotification: (frame) => this.#emit('chat-notification', { type: frame.type, data: frame.data }),
    });
    this.#chat = chat;
    this.#makeUi();
    this.#unlisten = chat.store.listen((state, before) => this.#onStateChange(state, before));
    this.#showScreen();
    this.#onAttentionChange(this.#pageObserver.attentive);
    try {
      await chat.start();
      if (this.#chat !== chat) return;
      this.phase = 'ready';
      this.#notifier = new Notifier(
        chat,
        systemClock,
        () => this.#texts,
        (id) => void this.openConversation(id),
      );
      if (!navigator.onLine) chat.setOnline(false);
      this.#emit('chat-ready', { user: chat.store.state.me });
      const wished = this.#pendingAction;
      this.#pendingAction = null;
      if (wished) await this.#whenReady(wished);
    } catch (error) {
      if (this.#chat !== chat) return;
      const status = error instanceof ApiError ? error.status : 0;
      this.phase = status === 401 ? 'not_signed_in' : status === 403 ? 'no_tenant' : 'failed';
    }
  }

  /** Asks the function that the page set last; null where the session cookie is used. */
  #tokenSource(): TokenSource | null {
    if (!this.getToken) return null;
    return () => {
      if (!this.getToken) throw new Error('The page took getToken away.');
      return this.getToken();
    };
  }

  #stop(): void {
    this.#unlisten?.();
    this.#notifier?.close();
    this.#files?.release();
    this.#chat?.stop();
    this.#notifier = null;
    this.#files = null;
    this.#chat = null;
    this.#ui = null;
  }

  async #whenReady(what: (chat: Chat) => Promise<unknown>): Promise<void> {
    if (this.phase !== 'ready' || !this.#chat) this.#pendingAction = what;
    else await what(this.#chat).catch(() => this.#showToast(this.#texts.t('action_failed')));
  }

  #onMessage(message: Message, mine: boolean): void {
    this.#emit('chat-message', { message, mine });
    if (!mine) this.#notifier?.onMessage(message);
  }

  #onStateChange(state: ChatState, before: ChatState): void {
    this.requestUpdate();
    if (state.connection.kind === 'ended') this.phase = state.connection.reason;
    const unread = totalUnread(state);
    if (unread === totalUnread(before)) return;
    this.#notifier?.updateTitle();
    this.#emit('chat-unread', { count: unread });
  }

  #makeUi(): void {
    if (!this.#chat) return;
    const chat = this.#chat;
    const files = (this.#files ??= new FileAccess(chat.api));
    this.#ui = {
      chat,
      texts: this.#texts,
      now: () => systemClock.now(),
      fileUrl: (url) => files.url(url),
      showPicture: (file) => void this.renderRoot.querySelector<Lightbox>('tenant-chat-lightbox')?.show(file),
      focusComposer: () => this.#focusComposer(),
      close: () => this.close(),
      signOut: () => void this.signOut(),
      download: (event, file) => this.#download(event, file, files),
      showToast: (text) => this.#showToast(text),
    };
  }

  #download(event: Event | null, file: Attachment, files: FileAccess): void {
    if (!this.getToken) return;
    event?.preventDefault();
    files.download(file).catch(() => this.#showToast(this.#texts.t('action_failed')));
  }

  #showToast(text: string): void {
    this.toast = text;
    this.#toastTimer?.();
    this.#toastTimer = systemClock.after(5_000, () => (this.toast = ''));
  }

  #focusComposer(): void {
    if (matchMedia('(pointer: coarse)').matches) return;
    // After the views inside one another are drawn.
    requestAnimationFrame(() => this.renderRoot.querySelector<Composer>('tenant-chat-composer')?.focus());
  }

  #showScreen(): void {
    this.#chat?.show({ open: this.opened || this.fullPage, wide: this.fullPage && this.wide });
  }

  #onOpenedOrClosed(): void {
    this.#emit(this.opened ? 'chat-opened' : 'chat-closed', {});
    if (this.opened) void this.#focusInside();
    else void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.bar')?.focus());
  }

  /** On the tabs, or on the panel as long as there are none yet. */
  async #focusInside(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<Panel>('tenant-chat-panel')?.updateComplete;
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
    (panel?.querySelector<HTMLElement>('[role=tab][aria-selected=true]') ?? panel)?.focus();
  }

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #onAttentionChange(attentive: boolean): void {
    this.#chat?.setAttentive(attentive);
    if (attentive) this.#chat?.onForegrounded();
    if (!attentive || !this.#signInOpened) return;
    this.#signInOpened = false;
    void this.#start();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    stopKeyPropagation(event);
    if (event.key !== 'Escape' || this.fullPage || !this.opened || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}

/** What is typed into the chat is not for the keyboard shortcuts of the page around it. */
function stopKeyPropagation(event: Event): void {
  const target = event.target;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) event.stopPropagation();
}
