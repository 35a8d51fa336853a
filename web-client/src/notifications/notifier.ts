import type { Message } from '../api/wire.ts';
import type { Chat } from '../chat/chat.ts';
import type { Clock } from '../clock.ts';
import { embedded, withoutControls } from '../i18n/bidi.ts';
import type { Texts } from '../i18n/texts.ts';
import { titleOf, totalUnread } from '../state/conversations.ts';
import { playSound } from './notification-sound.ts';
import type { PushSubscriptions } from './push.ts';
import { TabCoordinator } from './tab-coordinator.ts';

/** How long the leader waits for another tab to report that the message is being read. */
const otherTabsMs = 250;
const notificationMs = 5_000;

export type NotificationSetting = 'on' | 'off' | 'blocked';

/** Signals messages in conversations that are not in view: a sound, a browser notification, a count in the title. */
export class Notifier {
  readonly #tabs: TabCoordinator;
  readonly #shown = new Set<Notification>();
  #titlePrefix = '';
  /** Changes of the subscription, one after the other. */
  #pushWork: Promise<void> = Promise.resolve();

  constructor(
    private readonly chat: Chat,
    private readonly clock: Clock,
    private readonly texts: () => Texts,
    private readonly openConversation: (id: string) => void,
    /** Null where the installation or the browser has no Web Push. */
    private readonly push: PushSubscriptions | null = null,
  ) {
    const me = chat.store.state.me;
    this.#tabs = new TabCoordinator(`tenant_chat|${chat.api.base}|${me?.tenant ?? ''}|${me?.id ?? ''}`);
  }

  get sound(): boolean {
    return this.chat.drafts?.setting('sound') !== 'off';
  }

  set sound(on: boolean) {
    this.chat.drafts?.saveSetting('sound', on ? 'on' : 'off');
    if (on) playSound();
  }

  get notifications(): NotificationSetting {
    if (typeof Notification === 'undefined' || Notification.permission === 'denied') return 'blocked';
    return Notification.permission === 'granted' && this.chat.drafts?.setting('notifications') !== 'off' ? 'on' : 'off';
  }

  /** Must be called from a click, because browsers allow the permission prompt only then. */
  async setNotifications(on: boolean): Promise<NotificationSetting> {
    if (on && typeof Notification !== 'undefined') await Notification.requestPermission();
    this.chat.drafts?.saveSetting('notifications', on ? 'on' : 'off');
    this.updatePush();
    return this.notifications;
  }

  /**
   * Subscribes this browser to notifications that arrive while no page is open, or ends that. Only a person who turned
   * notifications on here is subscribed: the permission alone may come from another person of this browser.
   */
  updatePush(): void {
    const wanted = this.notifications === 'on' && this.chat.drafts?.setting('notifications') === 'on';
    this.#pushWork = this.#pushWork
      .then(() => (wanted ? this.push?.start() : this.push?.stop()))
      // Push is an addition: notifications of open pages work without it.
      .catch(() => undefined);
  }

  onMessage(message: Message): void {
    const conversation = this.chat.store.state.conversations.get(message.conversation);
    if (this.chat.isReading(message.conversation)) {
      this.#tabs.reportRead(message.id);
      return;
    }
    if (conversation?.is_muted) return;
    this.clock.after(otherTabsMs, () => {
      if (this.#tabs.isLeader && !this.#tabs.isRead(message.id)) this.#notify(message);
    });
  }

  /** Puts the unread count, such as `(3)`, before the page's title. */
  updateTitle(): void {
    const unread = totalUnread(this.chat.store.state);
    const own =
      this.#titlePrefix && document.title.startsWith(this.#titlePrefix)
        ? document.title.slice(this.#titlePrefix.length)
        : document.title;
    this.#titlePrefix = unread > 0 ? `(${unread}) ` : '';
    const title = this.#titlePrefix + own;
    if (document.title !== title) document.title = title;
  }

  close(): void {
    this.#tabs.close();
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
    if (this.#titlePrefix && document.title.startsWith(this.#titlePrefix))
      document.title = document.title.slice(this.#titlePrefix.length);
    this.#titlePrefix = '';
  }

  #notify(message: Message): void {
    if (this.sound) playSound();
    if (this.notifications !== 'on') return;
    const conversation = this.chat.store.state.conversations.get(message.conversation);
    const title = withoutControls(conversation ? titleOf(this.chat.store.state, conversation) : message.sender_name);
    const text = message.content || this.texts().t('last_file', { n: message.attachments.length || 1 });
    const body = conversation?.is_group ? `${embedded(message.sender_name)}: ${text}` : text;
    try {
      const notification = new Notification(title || this.texts().t('notify_new'), { body, tag: message.id });
      notification.onclick = () => {
        window.focus();
        this.openConversation(message.conversation);
        notification.close();
      };
      this.#shown.add(notification);
      this.clock.after(notificationMs, () => {
        notification.close();
        this.#shown.delete(notification);
      });
    } catch {
      // Mobile browsers allow notifications only from a service worker, which an embedded script cannot register.
    }
  }
}
