import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Notifier } from '../notifications/notifier.ts';
import { connectionStatus } from '../connection/connection-state.ts';
import { totalUnread } from '../state/conversations.ts';
import type { ChatState, Tab } from '../state/model.ts';
import { avatar } from './avatar.ts';
import { icon, type Icon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { badge } from './shared-templates.ts';
import { View } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

/** The content of the panel: the header, the tabs and the selected tab. A wide page shows list and thread side by side. */
export class Panel extends View {
  static override properties = { ...View.properties, notifier: { attribute: false }, fullPage: { attribute: false } };
  declare notifier: Notifier | null;
  declare fullPage: boolean;

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [state.me, state.connection, state.screen, state.conversationsLoad, state.degraded, totalUnread(state)];
  }

  protected override render(): TemplateResult {
    return this.state.screen.wide ? this.#wide() : this.#narrow();
  }

  #narrow(): TemplateResult {
    const { tab } = this.state.screen;
    return html`<div class="side">
      ${this.#header(['chat', 'chats', 'people'])}
      <div class="body" role="tabpanel" id="body" aria-labelledby="tab-${tab}">
        ${tab === 'chat' ? this.#thread() : tab === 'chats' ? this.#chats() : this.#people()}
      </div>
    </div>`;
  }

  #wide(): TemplateResult {
    const people = this.state.screen.tab === 'people';
    return html`<div class="side">
        ${this.#header(['chats', 'people'])}
        <div class="body" role="tabpanel" id="body" aria-labelledby=${people ? 'tab-people' : 'tab-chats'}>
          ${people ? this.#people() : this.#chats()}
        </div>
      </div>
      <div class="main">${this.#thread()}</div>`;
  }

  #thread(): TemplateResult {
    return html`<tenant-chat-thread .ui=${this.ui}></tenant-chat-thread>`;
  }

  #chats(): TemplateResult {
    return html`<tenant-chat-list .ui=${this.ui}></tenant-chat-list>`;
  }

  #people(): TemplateResult {
    return html`<tenant-chat-people .ui=${this.ui}></tenant-chat-people>`;
  }

  #header(tabs: readonly Tab[]): TemplateResult {
    const { texts } = this.ui;
    const { me, screen } = this.state;
    const active = tabs.includes(screen.tab) ? screen.tab : 'chats';
    const name = me?.name || me?.email || '';
    return html`<div class="head" part="header">
      <div class="head-top">
        ${avatar(me?.id ?? '', name, null, 'tiny')}
        <div class="head-who">
          <span class="head-name" part="me">${isolated(name)}</span>
          ${this.#connectionStatus()}
        </div>
        <tenant-chat-menu
          .label=${texts.t('settings')}
          icon-name="settings"
          .items=${this.#settings()}
        ></tenant-chat-menu>
        ${
          this.fullPage
            ? nothing
            : html`<button
                class="tool"
                part="close"
                aria-label=${texts.t('close')}
                title=${texts.t('close')}
                @click=${() => this.ui.close()}
              >
                ${icon('close')}
              </button>`
        }
      </div>
      <div class="tabs" role="tablist" aria-label=${texts.t('chat')} @keydown=${this.#onTabKeydown}>
        ${tabs.map((tab) => this.#tab(tab, tab === active))}
      </div>
    </div>`;
  }

  #tab(tab: Tab, active: boolean): TemplateResult {
    const { texts, chat } = this.ui;
    return html`<button
      class="tab"
      part="tab"
      role="tab"
      id="tab-${tab}"
      data-tab=${tab}
      aria-selected=${active}
      aria-controls="body"
      tabindex=${active ? 0 : -1}
      @click=${() => chat.showTab(tab)}
    >
      <span>${texts.t(`tab_${tab}`)}</span>
      ${tab === 'chats' ? html`<span class="tab-mark">${badge(texts, totalUnread(this.state))}</span>` : nothing}
    </button>`;
  }

  #settings(): MenuItem[] {
    const { texts } = this.ui;
    const { notifier: attention } = this;
    const items: MenuItem[] = [];
    if (attention) {
      const { sound, notifications } = attention;
      const notified = notifications === 'on';
      items.push(
        {
          name: 'sound',
          icon: sound ? 'sound' : 'soundOff',
          text: texts.t('sound'),
          on: sound,
          run: () => {
            attention.sound = !sound;
            this.requestUpdate();
          },
        },
        {
          name: 'notifications',
          icon: notified ? 'bell' : 'bellOff',
          text: texts.t('notifications'),
          on: notified,
          run: () => void this.#setNotifications(attention, !notified),
        },
      );
    }
    if (this.fullPage) {
      items.push({ name: 'sign-out', icon: 'leave', text: texts.t('sign_out'), run: () => this.ui.signOut() });
    }
    return items;
  }

  async #setNotifications(attention: Notifier, on: boolean): Promise<void> {
    const now = await attention.setNotifications(on);
    if (on && now === 'blocked') this.ui.showToast(this.ui.texts.t('notifications_blocked'));
    this.requestUpdate();
  }

  /** The connection status replaces the name, so that the layout does not shift when it changes. */
  #connectionStatus(): TemplateResult {
    const connection = connectionStatus(this.state.connection);
    const now = connection === 'live' && this.state.degraded ? 'degraded' : connection;
    const quiet = now === 'opening' || now === 'reconnecting';
    const mark: Icon = now === 'offline' ? 'offline' : 'alert';
    const silent = now === 'live' || (now === 'opening' && this.state.conversationsLoad !== 'done');
    const line = silent
      ? nothing
      : html`${quiet ? html`<i class="spinner"></i>` : icon(mark)}<span>${this.ui.texts.t(`connection_${now}`)}</span>`;
    // The element stays in the page when it is empty: screen readers announce only changes of existing live regions.
    return html`<div class="head-standing" role="status" part="standing" data-standing=${now}>
      ${silent ? nothing : keyed(now, html`<div class="standing ${quiet ? 'quiet' : ''}">${line}</div>`)}
    </div>`;
  }

  readonly #onTabKeydown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const tabs = [...this.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    const target = tabs[(at + step + tabs.length) % tabs.length];
    target?.click();
    target?.focus();
    event.preventDefault();
  };
}
