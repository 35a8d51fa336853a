import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TokenSource } from '../api/http.ts';
import type { Attachment } from '../api/wire.ts';
import type { Chat } from '../chat/chat.ts';
import { systemClock } from '../clock.ts';
import { chooseLanguage, localeOf, Texts } from '../i18n/texts.ts';
import { bar } from '../views/bar.ts';
import type { Composer } from '../views/composer.ts';
import { entryScreen, type ChatPhase, type EntryActions } from '../views/entry-screen.ts';
import type { Lightbox } from '../views/lightbox.ts';
import type { Panel } from '../views/panel.ts';
import { styles } from '../views/styles.ts';
import type { Ui } from '../views/view.ts';
import { conversationIn } from '../worker/notification.ts';
import { ChatSession } from './chat-session.ts';
import { PageObserver } from './page-observer.ts';

/** The origin of this script. It is the gateway's, unless `base-url` names another one. */
const scriptOrigin = ((): string | null => {
  const script = document.currentScript;
  return script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : null;
})();

/**
 * The chat as one element: a bar at the bottom of the page that opens a panel, or a full page.
 *
 * @tag tenant-chat
 *
 * @fires {CustomEvent<{ user: Me }>} chat-ready - The person is signed in and the chat has started. It fires again when
 * the chat has restarted for another person.
 * @fires {CustomEvent<{}>} chat-opened - The panel was opened.
 * @fires {CustomEvent<{}>} chat-closed - The panel was closed.
 * @fires {CustomEvent<{ message: Message, mine: boolean }>} chat-message - A new message, once for each message.
 * @fires {CustomEvent<{ count: number }>} chat-unread - The unread count of all conversations that are not muted.
 * @fires {CustomEvent<{ type: string, data: object }>} chat-notification - A notification that the host application
 * published to this person through the integration API.
 * @fires {CustomEvent<{ next: string | null }>} chat-signed-out - The person signed out. `next` is the page that
 * completes it, at the issuer if that is configured. A full page goes there, unless the event is cancelled.
 *
 * @cssproperty [--tenant-chat-accent] - The colour of the bar, of this person's messages and of buttons.
 * @cssproperty [--tenant-chat-on-accent] - The text colour on the accent colour.
 * @cssproperty [--tenant-chat-accent-text] - The colour of links and marks on the background.
 * @cssproperty [--tenant-chat-background] - The background of the panel.
 * @cssproperty [--tenant-chat-side] - The background of the list on a full page.
 * @cssproperty [--tenant-chat-surface] - The background of other people's messages and of fields.
 * @cssproperty [--tenant-chat-text] - The text colour.
 * @cssproperty [--tenant-chat-font] - The font family. The default is a system font.
 * @cssproperty [--tenant-chat-radius=16px] - The radius of the panel's corners.
 * @cssproperty [--tenant-chat-width=400px] - The width of the panel.
 * @cssproperty [--tenant-chat-height=660px] - The height of the panel.
 * @cssproperty [--tenant-chat-offset-x=20px] - The horizontal distance from the corner of the window.
 * @cssproperty [--tenant-chat-offset-y=20px] - The vertical distance from the corner of the window.
 * @cssproperty [--tenant-chat-z-index=2147483000] - The stacking order of bar and panel.
 *
 * @csspart bar - The bar that opens the panel.
 * @csspart panel - The panel.
 * @csspart header - The header of the panel.
 * @csspart me - The name of the person.
 * @csspart tab - A tab.
 * @csspart close - The button that closes the panel.
 * @csspart standing - The connection status.
 * @csspart badge - An unread count.
 * @csspart avatar - The picture of a person or group.
 * @csspart search - A search field.
 * @csspart conversation - A conversation in the list.
 * @csspart person - A person in the list.
 * @csspart group - A group in the list of people.
 * @csspart member - A member in the details of a group.
 * @csspart thread-header - The header of the open conversation.
 * @csspart menu-button - The button that opens a menu.
 * @csspart menu - A menu.
 * @csspart log - The list of messages.
 * @csspart day - A day separator.
 * @csspart new-line - The "new messages" line.
 * @csspart message - A message.
 * @csspart message-mine - A message of this person.
 * @csspart message-theirs - A message of another person.
 * @csspart message-pending - A message that is not sent yet.
 * @csspart bubble - The bubble of a message.
 * @csspart content - The text of a message.
 * @csspart status - The status of a message of this person.
 * @csspart typing - The line with the names of people who type.
 * @csspart jump - The button that scrolls to the latest message.
 * @csspart picture - A picture in a message.
 * @csspart file - A file in a message.
 * @csspart lightbox - The dialog that shows a picture.
 * @csspart composer - The form for a new message.
 * @csspart input - The text field of the composer.
 * @csspart attach - The button that attaches files.
 * @csspart emoji-button - The button that opens the emoji.
 * @csspart emoji - The emoji to choose from.
 * @csspart send - The send button.
 * @csspart upload - A picked file in the composer.
 * @csspart add-members - The button that adds members to a group.
 * @csspart leave - The button that leaves a group.
 */
export class TenantChat extends LitElement {
  static override styles = styles;
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    requestedLanguage: { attribute: 'lang' },
    theme: {},
    position: {},
    opened: { attribute: 'open', type: Boolean, reflect: true },
    fullPage: { attribute: 'full-page', type: Boolean },
    pushWorker: { attribute: 'push-worker' },
    getToken: { attribute: false },
    phase: { state: true },
    dark: { state: true },
    wide: { state: true },
    toast: { state: true },
  };
  /** The URL of the gateway. The default is the origin of the script. */
  declare baseUrl: string | null;
  /** The language: `en`, `es` or `pt-BR`. The default is the page's `lang`, then the browser's language. */
  declare requestedLanguage: string | null;
  /** The colour theme. The default `auto` follows the system. */
  declare theme: 'light' | 'dark' | 'auto' | null;
  /** The corner of the window. The default is `right`. */
  declare position: 'left' | 'right' | null;
  /** Whether the panel is open. The element keeps the attribute up to date. */
  declare opened: boolean;
  /** Shows no bar: the chat fills the element, with list and conversation side by side if there is room. */
  declare fullPage: boolean;
  /**
   * The URL of the service worker for notifications while no page is open. It must be of the page's own origin. The
   * default is the gateway's, on the gateway's own origin.
   */
  declare pushWorker: string | null;
  /**
   * Returns an access token. It is needed on an origin other than the gateway's, and is called again for a new token.
   * @type {(() => Promise<string> | string) | null}
   */
  declare getToken: TokenSource | null;
  /** @protected */
  declare phase: ChatPhase;
  /** @protected */
  declare dark: boolean;
  /** @protected */
  declare wide: boolean;
  /** @protected */
  declare toast: string;

  #session: ChatSession | null = null;
  #ui: Ui | null = null;
  #started = false;
  #signInOpened = false;
  #pendingAction: ((chat: Chat) => Promise<unknown>) | null = null;
  #texts = new Texts('en');
  #cancelToast: (() => void) | null = null;
  readonly #pageObserver = new PageObserver(this, {
    onAttentionChange: (attentive) => this.#onAttentionChange(attentive),
    onNetworkChange: (online) => this.#session?.chat.setOnline(online),
    onWake: () => this.#session?.chat.onForegrounded(),
    // The page may have its own sign-out button, which must remove the stored drafts too.
    onFormSubmit: (url) => url === `${this.#base}/sign-out` && void this.#session?.forget(),
    onOpenRequest: (id) => void this.openConversation(id),
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
    if (this.#started) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageObserver.disconnect();
    this.#stop();
  }

  /** Opens the panel. */
  open(): void {
    this.opened = true;
  }

  /** Closes the panel. */
  close(): void {
    this.opened = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    this.opened = !this.opened;
  }

  /** Opens the panel with that conversation. A call before the chat is ready takes effect once it is. */
  async openConversation(id: string): Promise<void> {
    this.open();
    await this.#whenReady((chat) => chat.open(id));
  }

  /** Opens the panel with the 1-to-1 conversation with that person, and creates it if there is none. */
  async startWith(userId: string): Promise<void> {
    this.open();
    await this.#whenReady((chat) => chat.startWith(userId));
  }

  /** Removes the person's data from this browser and disconnects. On the gateway's own origin it ends the session too. */
  async signOut(): Promise<void> {
    const chat = this.#session?.chat;
    const forgotten = this.#session?.forget();
    this.#stop();
    this.phase = 'signed_out';
    await forgotten;
    if (!chat) return;
    const next = this.getToken ? null : await chat.api.signOut().catch(() => null);
    const goOn = this.#emit('chat-signed-out', { next }, true);
    if (goOn && this.fullPage && next !== null) location.assign(next);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('requestedLanguage') || this.#ui === null) {
      const language = chooseLanguage([this.requestedLanguage, document.documentElement.lang, ...navigator.languages]);
      this.#texts = new Texts(language, localeOf(language, navigator.languages));
      this.#createUi();
    }
    if (changed.has('opened') || changed.has('fullPage') || changed.has('wide')) this.#updateScreen();
  }

  protected override firstUpdated(): void {
    // Starting after the update lets the host page set properties such as getToken right after the tag.
    void this.updateComplete.then(() => {
      this.#started = true;
      if (this.isConnected) this.#start();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('opened') && changed.get('opened') !== undefined) this.#onOpenedOrClosed();
    const panelFocused = this.shadowRoot?.activeElement?.classList.contains('panel');
    if (changed.has('phase') && this.phase === 'ready' && panelFocused) void this.#focusInside();
    if (!this.#started) return;
    // Frameworks set a new function at every render: only adding or removing getToken starts the chat again.
    const tokenUseChanged = changed.has('getToken') && !changed.get('getToken') !== !this.getToken;
    if (tokenUseChanged || changed.has('baseUrl')) this.#start();
  }

  protected override render(): TemplateResult {
    const dark = this.theme === 'dark' || (this.theme !== 'light' && this.dark);
    const classes = [
      'root',
      this.fullPage ? 'page' : 'widget',
      this.position === 'left' ? 'left' : '',
      this.fullPage && this.wide ? 'wide' : '',
    ];
    const state = this.#session?.chat.store.state ?? null;
    return html`<div
      class=${classes.join(' ')}
      data-theme=${dark ? 'dark' : 'light'}
      lang=${this.#texts.language}
      @keydown=${this.#onKeydown}
      @keyup=${stopKeyPropagation}
      @keypress=${stopKeyPropagation}
    >
      ${this.fullPage || this.opened ? this.#panel() : bar(this.#texts, state, () => this.open())}
    </div>`;
  }

  #panel(): TemplateResult {
    const ready = this.phase === 'ready' && this.#ui;
    return html`<section
      class="panel"
      part="panel"
      tabindex="-1"
      role=${this.fullPage ? 'region' : 'dialog'}
      aria-label=${this.#texts.t('chat')}
    >
      ${this.fullPage ? html`<h1 class="vh">${this.#texts.t('chat')}</h1>` : nothing}
      ${ready ? this.#chatContent(ready) : entryScreen(this.#texts, this.phase, this.#entryActions())}
      <div class="toast" role="status">${this.toast}</div>
    </section>`;
  }

  #chatContent(ui: Ui): TemplateResult {
    const notifier = this.#session?.notifier ?? null;
    return html`<tenant-chat-panel .ui=${ui} .notifier=${notifier} .fullPage=${this.fullPage}></tenant-chat-panel>
      <tenant-chat-lightbox .ui=${ui}></tenant-chat-lightbox>`;
  }

  #entryActions(): EntryActions {
    return {
      signInUrl: this.getToken ? null : `${this.#base}/t/`,
      onSignInOpened: () => (this.#signInOpened = true),
      close: this.fullPage ? null : () => this.close(),
      retry: () => this.#start(),
    };
  }

  /** The service worker of this page's origin; null if there is none. */
  get #worker(): string | null {
    const url = new URL(this.pushWorker ?? `${this.#base}/tenant_chat_worker.js`, location.href);
    return url.origin === location.origin ? url.href : null;
  }

  get #base(): string {
    return new URL(this.baseUrl ?? scriptOrigin ?? location.origin, location.href).href.replace(/\/+$/, '');
  }

  #start(): void {
    this.#stop();
    const base = this.#base;
    if (!this.getToken && new URL(base).origin !== location.origin) {
      this.phase = 'waiting';
      return;
    }
    this.phase = 'starting';
    const session = new ChatSession(base, this.#tokenSource(), this.#worker, () => this.#texts, {
      onPhase: (phase) => (this.phase = phase),
      onReady: () => this.#onReady(session.chat),
      onChange: () => this.requestUpdate(),
      onUnread: (count) => this.#emit('chat-unread', { count }),
      onMessage: (message, mine) => this.#emit('chat-message', { message, mine }),
      onNotification: ({ type, data }) => this.#emit('chat-notification', { type, data }),
      onOtherPerson: () => this.#onOtherPerson(),
      openConversation: (id) => void this.openConversation(id),
    });
    this.#session = session;
    this.#createUi();
    this.#updateScreen();
    this.#onAttentionChange(this.#pageObserver.attentive);
    void session.start();
  }

  /** Restarts for the person whose credentials the page now has. Nothing of the former person stays in view. */
  #onOtherPerson(): void {
    this.#pendingAction = null;
    this.toast = '';
    this.#start();
  }

  /** Calls the function that the page set last. Null means that the session cookie is used. */
  #tokenSource(): TokenSource | null {
    if (!this.getToken) return null;
    return () => {
      if (!this.getToken) throw new Error('The page removed getToken.');
      return this.getToken();
    };
  }

  #stop(): void {
    this.#session?.stop();
    this.#session = null;
    this.#ui = null;
  }

  #onReady(chat: Chat): void {
    this.#emit('chat-ready', { user: chat.store.state.me });
    const action = this.#pendingAction;
    this.#pendingAction = null;
    if (action) void this.#whenReady(action);
    const notified = conversationIn(location.hash);
    if (notified === null) return;
    // A reload must not open it again.
    history.replaceState(history.state, '', location.pathname + location.search);
    void this.openConversation(notified);
  }

  async #whenReady(action: (chat: Chat) => Promise<unknown>): Promise<void> {
    if (this.phase !== 'ready' || !this.#session) this.#pendingAction = action;
    else await action(this.#session.chat).catch(() => this.#showToast(this.#texts.t('action_failed')));
  }

  #createUi(): void {
    if (!this.#session) return;
    const { chat, files } = this.#session;
    this.#ui = {
      chat,
      texts: this.#texts,
      now: () => systemClock.now(),
      fileUrl: (url) => files.url(url),
      showPicture: (file) => void this.renderRoot.querySelector<Lightbox>('tenant-chat-lightbox')?.show(file),
      focusComposer: () => this.#focusComposer(),
      close: () => this.close(),
      signOut: () => void this.signOut(),
      download: (event, file) => this.#download(event, file),
      showToast: (text) => this.#showToast(text),
    };
  }

  #download(event: Event | null, file: Attachment): void {
    if (!this.getToken) return;
    event?.preventDefault();
    this.#session?.files.download(file).catch(() => this.#showToast(this.#texts.t('action_failed')));
  }

  #showToast(text: string): void {
    this.toast = text;
    this.#cancelToast?.();
    this.#cancelToast = systemClock.after(5_000, () => (this.toast = ''));
  }

  #focusComposer(): void {
    if (matchMedia('(pointer: coarse)').matches) return;
    // The nested views must render first.
    requestAnimationFrame(() => this.renderRoot.querySelector<Composer>('tenant-chat-composer')?.focus());
  }

  #updateScreen(): void {
    this.#session?.chat.show({ open: this.opened || this.fullPage, wide: this.fullPage && this.wide });
  }

  #onOpenedOrClosed(): void {
    this.#emit(this.opened ? 'chat-opened' : 'chat-closed', {});
    if (this.opened) void this.#focusInside();
    else void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.bar')?.focus());
  }

  /** Focuses the selected tab, or the panel while there are no tabs. */
  async #focusInside(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<Panel>('tenant-chat-panel')?.updateComplete;
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
    (panel?.querySelector<HTMLElement>('[role=tab][aria-selected=true]') ?? panel)?.focus();
  }

  /** Returns whether no listener has cancelled the event. */
  #emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  #onAttentionChange(attentive: boolean): void {
    this.#session?.chat.setAttentive(attentive);
    if (attentive) this.#session?.chat.onForegrounded();
    if (!attentive || !this.#signInOpened) return;
    this.#signInOpened = false;
    this.#start();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    stopKeyPropagation(event);
    if (event.key !== 'Escape' || this.fullPage || !this.opened || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}

/** Keyboard shortcuts of the host page must not react to text that is typed into the chat. */
function stopKeyPropagation(event: Event): void {
  const target = event.target;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) event.stopPropagation();
}
