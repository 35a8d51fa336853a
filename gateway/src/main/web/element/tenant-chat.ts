import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Api, ApiError, type TokenSource } from '../api/client.ts';
import { Chat } from '../chat/chat.ts';
import { systemClock } from '../clock.ts';
import { standing } from '../connection/life.ts';
import type { Attachment, Message } from '../api/wire.ts';
import { Attention } from '../attention/attention.ts';
import { chooseLanguage, localeOf, Texts } from '../i18n/texts.ts';
import { onlineCount, totalUnread } from '../state/conversations.ts';
import { pageShelf } from '../state/keep.ts';
import type { ChatState, Tab } from '../state/model.ts';
import { icon, type Icon } from '../views/icons.ts';
import type { Lightbox } from '../views/lightbox.ts';
import type { Choice } from '../views/menu.ts';
import { emptyState, rowSkeletons } from '../views/parts.ts';
import { styles } from '../views/styles.ts';
import type { Ui } from '../views/view.ts';
import { FileAccess } from './file-access.ts';

/** Where this script came from: the gateway, unless `base-url` says otherwise. */
const scriptOrigin = ((): string | null => {
  const script = document.currentScript;
  return script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : null;
})();

const widePx = 760;

type Entry = 'waiting' | 'starting' | 'in' | 'signed_out' | 'no_tenant' | 'failed';

/** `<tenant-chat>`: the whole chat as one element of the host page. */
export class TenantChat extends LitElement {
  static override styles = styles;
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    wishedLanguage: { attribute: 'lang' },
    theme: {},
    position: {},
    opened: { attribute: 'open', type: Boolean, reflect: true },
    fullPage: { attribute: 'full-page', type: Boolean },
    getToken: { attribute: false },
    entry: { state: true },
    dark: { state: true },
    wide: { state: true },
    toast: { state: true },
  };
  declare baseUrl: string | null;
  declare wishedLanguage: string | null;
  declare theme: 'light' | 'dark' | 'auto' | null;
  declare position: 'left' | 'right' | null;
  declare opened: boolean;
  declare fullPage: boolean;
  declare getToken: TokenSource | null;
  declare entry: Entry;
  declare dark: boolean;
  declare wide: boolean;
  declare toast: string;

  #chat: Chat | null = null;
  #ui: Ui | null = null;
  #attention: Attention | null = null;
  #files: FileAccess | null = null;
  #wished: ((chat: Chat) => Promise<unknown>) | null = null;
  #texts = new Texts('en');
  #unlisten: (() => void) | null = null;
  #toastTimer: (() => void) | null = null;
  readonly #darkQuery = matchMedia('(prefers-color-scheme: dark)');
  readonly #sizes = new ResizeObserver(([box]) => this.#sized(box?.contentRect.width ?? 0));

  constructor() {
    super();
    this.opened = false;
    this.fullPage = false;
    this.getToken = null;
    this.entry = 'waiting';
    this.dark = this.#darkQuery.matches;
    this.wide = false;
    this.toast = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#darkQuery.addEventListener('change', this.#recolour);
    document.addEventListener('visibilitychange', this.#attend);
    addEventListener('focus', this.#attend);
    addEventListener('blur', this.#attend);
    addEventListener('online', this.#network);
    addEventListener('offline', this.#network);
    this.#sizes.observe(this);
    if (this.hasUpdated) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#darkQuery.removeEventListener('change', this.#recolour);
    document.removeEventListener('visibilitychange', this.#attend);
    removeEventListener('focus', this.#attend);
    removeEventListener('blur', this.#attend);
    removeEventListener('online', this.#network);
    removeEventListener('offline', this.#network);
    this.#sizes.disconnect();
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
    await this.#do((chat) => chat.open(id));
  }

  /** Opens the panel at the 1-to-1 with that person, which is made if there is none yet. */
  async startWith(userId: string): Promise<void> {
    this.open();
    await this.#do((chat) => chat.startWith(userId));
  }

  /** Forgets this person on this computer (drafts, queue, connection); on the gateway's own origin ends the session too. */
  async signOut(): Promise<void> {
    const chat = this.#chat;
    chat?.keep?.clear();
    this.#stop();
    this.entry = 'signed_out';
    if (chat && !this.getToken) await chat.api.signOut().catch(() => undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('wishedLanguage') || this.#ui === null) {
      const language = chooseLanguage([this.wishedLanguage, document.documentElement.lang, ...navigator.languages]);
      this.#texts = new Texts(language, localeOf(language, navigator.languages));
      this.#makeUi();
    }
    if (changed.has('opened') || changed.has('fullPage') || changed.has('wide')) this.#showScreen();
  }

  protected override firstUpdated(): void {
    void this.#start();
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.has('getToken') || changed.has('baseUrl')) && this.#chat && changed.get('entry') === undefined) {
      void this.#start();
    }
    if (changed.has('opened') && changed.get('opened') !== undefined) this.#openedOrClosed();
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
      @keydown=${this.#key}
    >
      ${this.fullPage || this.opened ? this.#panel() : this.#bar()}
    </div>`;
  }

  #bar(): TemplateResult {
    const state = this.#state;
    const texts = this.#texts;
    const unread = state ? totalUnread(state) : 0;
    const online = state ? onlineCount(state) : 0;
    const label = [texts.t('bar_open'), texts.t('bar_online', { n: online }), unread ? texts.t('bar_unread', { n: unread }) : '']
      .filter(Boolean)
      .join(', ');
    return html`<button class="bar" part="bar" aria-label=${label} aria-expanded="false" @click=${() => this.open()}>
      ${icon('chat')}<span>${texts.t('chat')}</span>
      ${state?.peopleLoad === 'done' ? html`<span class="online">${online}</span>` : nothing}
      ${unread > 0 ? html`<span class="badge" part="badge">${unread > 99 ? '99+' : unread}</span>` : nothing}
    </button>`;
  }

  #panel(): TemplateResult {
    const wide = this.fullPage && this.wide;
    return html`<section class="panel" part="panel" role=${this.fullPage ? 'main' : 'dialog'} aria-label=${this.#texts.t('chat')}>
      ${this.fullPage ? html`<h1 class="vh">${this.#texts.t('chat')}</h1>` : nothing}
      ${this.entry !== 'in' || !this.#ui || !this.#state ? this.#outside() : wide ? this.#wide(this.#ui) : this.#narrow(this.#ui)}
      <div class="toast" role="status">${this.toast}</div>
      ${this.#ui ? html`<tenant-chat-lightbox .ui=${this.#ui}></tenant-chat-lightbox>` : nothing}
    </section>`;
  }

  #narrow(ui: Ui): TemplateResult {
    return html`<div class="side">
      ${this.#head(['chat', 'chats', 'people'])} ${this.#standing()}
      <div class="body" role="tabpanel" id="body" aria-labelledby="tab-${this.#tab}">
        ${this.#tab === 'chat'
          ? html`<tenant-chat-thread .ui=${ui}></tenant-chat-thread>`
          : this.#tab === 'chats'
            ? html`<tenant-chat-list .ui=${ui}></tenant-chat-list>`
            : html`<tenant-chat-people .ui=${ui}></tenant-chat-people>`}
      </div>
    </div>`;
  }

  #wide(ui: Ui): TemplateResult {
    const people = this.#tab === 'people';
    return html`<div class="side">
        ${this.#head(['chats', 'people'])}
        <div class="body" role="tabpanel" id="body" aria-labelledby=${people ? 'tab-people' : 'tab-chats'}>
          ${people
            ? html`<tenant-chat-people .ui=${ui}></tenant-chat-people>`
            : html`<tenant-chat-list .ui=${ui}></tenant-chat-list>`}
        </div>
      </div>
      <div class="main">${this.#standing()}<tenant-chat-thread .ui=${ui}></tenant-chat-thread></div>`;
  }

  #head(tabs: readonly Tab[]): TemplateResult {
    const texts = this.#texts;
    const unread = this.#state ? totalUnread(this.#state) : 0;
    const active = tabs.includes(this.#tab) ? this.#tab : 'chats';
    return html`<div class="head" part="header">
      <div class="tabs" role="tablist" aria-label=${texts.t('chat')} @keydown=${this.#moveTab}>
        ${tabs.map(
          (tab) =>
            html`<button
              class="tab"
              part="tab"
              role="tab"
              id="tab-${tab}"
              data-tab=${tab}
              aria-selected=${tab === active}
              aria-controls="body"
              tabindex=${tab === active ? 0 : -1}
              @click=${() => this.#chat?.tab(tab)}
            >
              <span>${texts.t(`tab_${tab}`)}</span>
              ${tab === 'chats' && unread > 0
                ? html`<span class="badge" part="badge"><span aria-hidden="true">${unread > 99 ? '99+' : unread}</span><span class="vh">${texts.t('unread', { n: unread })}</span></span>`
                : nothing}
            </button>`,
        )}
      </div>
      <tenant-chat-menu .label=${texts.t('settings')} symbol="settings" .choices=${this.#choices()}></tenant-chat-menu>
      ${this.fullPage
        ? nothing
        : html`<button class="tool" part="close" aria-label=${texts.t('close')} title=${texts.t('close')} @click=${() => this.close()}>${icon('close')}</button>`}
    </div>`;
  }

  #choices(): Choice[] {
    const texts = this.#texts;
    const attention = this.#attention;
    const choices: Choice[] = [];
    if (attention) {
      const { sound, notifications } = attention;
      choices.push({
        name: 'sound',
        icon: sound ? 'sound' : 'soundOff',
        text: texts.t('sound'),
        on: sound,
        act: () => {
          attention.sound = !sound;
          this.requestUpdate();
        },
      });
      choices.push({
        name: 'notifications',
        icon: notifications === 'on' ? 'bell' : 'bellOff',
        text: texts.t('notifications'),
        on: notifications === 'on',
        act: () => void this.#switchNotifications(attention, notifications !== 'on'),
      });
    }
    if (this.fullPage) choices.push({ name: 'sign-out', icon: 'leave', text: texts.t('sign_out'), act: () => void this.signOut() });
    return choices;
  }

  async #switchNotifications(attention: Attention, on: boolean): Promise<void> {
    const now = await attention.switchNotifications(on);
    if (on && now === 'blocked') this.#say(this.#texts.t('notifications_blocked'));
    this.requestUpdate();
  }

  #standing(): TemplateResult {
    const now = standing(this.#state!.life);
    const quiet = now === 'opening' || now === 'reconnecting';
    const mark: Icon = now === 'offline' ? 'offline' : 'alert';
    const shown = now !== 'live' && !(now === 'opening' && this.#state?.conversationsLoad !== 'done');
    return html`<div class="standing ${quiet ? 'quiet' : ''}" part="standing" role="status" data-standing=${now}>${shown
      ? html`${quiet ? html`<i class="spinner"></i>` : icon(mark)}<span>${this.#texts.t(`standing_${now as Exclude<typeof now, 'live'>}`)}</span>`
      : nothing}</div>`;
  }

  #outside(): TemplateResult {
    const texts = this.#texts;
    const close = this.fullPage
      ? nothing
      : html`<div class="head"><span class="tabs"></span><button class="tool" part="close" aria-label=${texts.t('close')} @click=${() => this.close()}>${icon('close')}</button></div>`;
    switch (this.entry) {
      case 'signed_out':
        return html`${close}${emptyState(
          'leave',
          texts.t('standing_signed_out'),
          '',
          this.getToken ? nothing : html`<a class="button primary" href=${this.#base} target=${this.fullPage ? '_self' : '_blank'}>${texts.t('sign_in')}</a>`,
        )}`;
      case 'no_tenant':
        return html`${close}${emptyState('alert', texts.t('standing_no_tenant'), '')}`;
      case 'failed':
        return html`${close}${emptyState(
          'alert',
          texts.t('start_failed'),
          '',
          html`<button class="button" @click=${() => void this.#start()}>${icon('retry')}${texts.t('try_again')}</button>`,
        )}`;
      case 'waiting':
      case 'starting':
      case 'in':
        return html`${close}${rowSkeletons(6)}`;
    }
  }

  get #state(): ChatState | null {
    return this.#chat?.store.state ?? null;
  }

  get #tab(): Tab {
    return this.#state?.screen.tab ?? 'chats';
  }

  get #base(): string {
    return new URL(this.baseUrl ?? scriptOrigin ?? location.origin, location.href).href.replace(/\/+$/, '');
  }

  async #start(): Promise<void> {
    this.#stop();
    const base = this.#base;
    if (!this.getToken && new URL(base).origin !== location.origin) {
      this.entry = 'waiting';
      return;
    }
    this.entry = 'starting';
    const chat = new Chat(new Api(base, this.getToken), systemClock, pageShelf(), {
      message: (message, mine) => this.#arrived(message, mine),
      notification: (frame) => this.#tell('chat-notification', { type: frame.type, data: frame.data }),
      failed: () => undefined,
    });
    this.#chat = chat;
    this.#makeUi();
    this.#unlisten = chat.store.listen((state, before) => this.#stateChanged(state, before));
    this.#showScreen();
    this.#attend();
    try {
      await chat.start();
      if (this.#chat !== chat) return;
      this.entry = 'in';
      this.#attention = new Attention(chat, systemClock, () => this.#texts, (id) => void this.openConversation(id));
      if (!navigator.onLine) chat.online(false);
      this.#tell('chat-ready', { user: chat.store.state.me });
      const wished = this.#wished;
      this.#wished = null;
      if (wished) await this.#do(wished);
    } catch (error) {
      if (this.#chat !== chat) return;
      const status = error instanceof ApiError ? error.status : 0;
      this.entry = status === 401 ? 'signed_out' : status === 403 ? 'no_tenant' : 'failed';
    }
  }

  #stop(): void {
    this.#unlisten?.();
    this.#attention?.close();
    this.#files?.release();
    this.#chat?.stop();
    this.#attention = null;
    this.#files = null;
    this.#chat = null;
    this.#ui = null;
  }

  async #do(what: (chat: Chat) => Promise<unknown>): Promise<void> {
    if (this.entry !== 'in' || !this.#chat) this.#wished = what;
    else await what(this.#chat).catch(() => this.#say(this.#texts.t('action_failed')));
  }

  #arrived(message: Message, mine: boolean): void {
    this.#tell('chat-message', { message, mine });
    if (!mine) this.#attention?.arrived(message);
  }

  #stateChanged(state: ChatState, before: ChatState): void {
    this.requestUpdate();
    if (state.life.is === 'ended') this.entry = state.life.why;
    const unread = totalUnread(state);
    if (unread === totalUnread(before)) return;
    this.#attention?.count();
    this.#tell('chat-unread', { count: unread });
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
      download: (event, file) => this.#download(event, file, files),
      tell: (text) => this.#say(text),
    };
  }

  #download(event: Event | null, file: Attachment, files: FileAccess): void {
    if (!this.getToken) return;
    event?.preventDefault();
    files.download(file).catch(() => this.#say(this.#texts.t('action_failed')));
  }

  #say(text: string): void {
    this.toast = text;
    this.#toastTimer?.();
    this.#toastTimer = systemClock.after(5_000, () => (this.toast = ''));
  }

  #showScreen(): void {
    this.#chat?.show({ open: this.opened || this.fullPage, wide: this.fullPage && this.wide });
  }

  #openedOrClosed(): void {
    this.#tell(this.opened ? 'chat-opened' : 'chat-closed', {});
    const next = this.opened ? '[role=tab][aria-selected=true]' : '.bar';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(next)?.focus());
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #sized(width: number): void {
    this.wide = width >= widePx;
  }

  readonly #recolour = (): void => {
    this.dark = this.#darkQuery.matches;
  };

  readonly #attend = (): void => {
    const attentive = document.visibilityState === 'visible' && document.hasFocus();
    this.#chat?.attend(attentive);
    if (attentive) this.#chat?.woken();
  };

  readonly #network = (): void => this.#chat?.online(navigator.onLine);

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.fullPage || !this.opened || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };

  readonly #moveTab = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    const target = tabs[(at + step + tabs.length) % tabs.length];
    target?.click();
    target?.focus();
    event.preventDefault();
  };
}
