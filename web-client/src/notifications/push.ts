import type { Api } from '../api/client.ts';
import type { PushLanguage } from '../api/wire.ts';
import type { DraftStore } from '../state/draft-store.ts';
import type { NotificationData } from '../worker/notification.ts';

/** The members of the browser that Web Push uses. */
export interface PushBrowser {
  register(script: string, scope: string): Promise<ServiceWorkerRegistration>;
  /** The registration with that scope, if there is one. */
  registration(scope: string): Promise<ServiceWorkerRegistration | undefined>;
}

/** The settings of one subscription. */
export interface PushOptions {
  /** The URL of the service worker, of the page's own origin. */
  script: string;
  /** The public key of the installation in Base64url. */
  publicKey: string;
  language: PushLanguage;
  /** The path of the page that a click on a notification opens. */
  page: string;
}

/** The stored form of this person's subscription in this browser. */
interface Stored {
  id: string;
  endpoint: string;
}

/** The members of Trusted Types that this file uses. The browser accepts the result in place of a string. */
interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

const settingName = 'push';
/** Made when it is needed first, because a page can forbid it. */
let policy: ScriptPolicy | undefined;

/**
 * The Web Push subscription of this person in this browser. A subscription that another person left in the browser is
 * ended before a new one is made, so that a person never sees notifications of another one.
 */
export class PushSubscriptions {
  constructor(
    private readonly api: Pick<Api, 'subscribePush' | 'unsubscribePush'>,
    private readonly drafts: DraftStore,
    private readonly browser: PushBrowser,
    private readonly options: PushOptions,
  ) {}

  /** Subscribes this browser, or renews its subscription. Throws if the browser or the gateway refuses. */
  async start(): Promise<void> {
    const { script, publicKey, language, page } = this.options;
    const registration = await this.browser.register(script, scopeOf(script));
    await activated(registration);
    const subscription =
      (await this.#usable(registration)) ??
      (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
    const { endpoint, keys } = subscription.toJSON();
    const { id } = await this.api.subscribePush({
      endpoint: endpoint ?? '',
      keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
      language,
      page,
    });
    this.drafts.saveSetting(settingName, JSON.stringify({ id, endpoint: subscription.endpoint } satisfies Stored));
  }

  /** Ends the subscription of this browser. It ends in the browser even if the gateway does not answer. */
  async stop(): Promise<void> {
    const stored = this.#stored;
    this.drafts.saveSetting(settingName, '');
    const subscription = await this.#subscription(await this.browser.registration(scopeOf(this.options.script)));
    await subscription?.unsubscribe();
    if (stored) await this.api.unsubscribePush(stored.id).catch(() => undefined);
  }

  /** Closes the worker's notifications of conversations that this person has read in the meantime. */
  async closeNotifications(isRead: (conversation: string) => boolean): Promise<void> {
    const registration = await this.browser.registration(scopeOf(this.options.script));
    for (const notification of (await registration?.getNotifications()) ?? []) {
      if (isRead((notification.data as NotificationData).conversation)) notification.close();
    }
  }

  /** The subscription of this person with the present key. Ends any other one. */
  async #usable(registration: ServiceWorkerRegistration): Promise<PushSubscription | null> {
    const subscription = await this.#subscription(registration);
    if (!subscription) return null;
    const key = subscription.options.applicationServerKey;
    const mine = this.#stored?.endpoint === subscription.endpoint;
    if (mine && key && base64Url(key) === this.options.publicKey.replace(/=+$/, '')) return subscription;
    await subscription.unsubscribe();
    return null;
  }

  async #subscription(registration: ServiceWorkerRegistration | undefined): Promise<PushSubscription | null> {
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  get #stored(): Stored | null {
    const stored = this.drafts.setting(settingName);
    return stored ? (JSON.parse(stored) as Stored) : null;
  }
}

/** The service workers of this browser, or null if it has none, as without HTTPS. */
export function pushBrowser(): PushBrowser | null {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return null;
  const workers = navigator.serviceWorker;
  return {
    register: (script, scope) => workers.register(trusted(script), { scope }),
    registration: async (scope) => {
      const found = await workers.getRegistration(scope);
      // A worker of the host application may control the path of the scope too.
      return found?.scope === new URL(scope, location.href).href ? found : undefined;
    },
  };
}

/** A page that requires trusted types accepts the URL of a worker only from a policy. */
function trusted(script: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('tenant-chat', { createScriptURL: (url) => url });
  return policy?.createScriptURL(script) ?? script;
}

/** A scope that contains no page. The worker then controls no page and replaces no other worker. */
function scopeOf(script: string): string {
  return `${script.replace(/\?.*$/, '').replace(/\.js$/, '')}/`;
}

/** A browser refuses to subscribe before the worker is active. */
async function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const next = registration.installing ?? registration.waiting;
  if (registration.active || !next) return;
  await new Promise<void>((resolve, reject) => {
    next.addEventListener('statechange', () => {
      if (next.state === 'activated') resolve();
      if (next.state === 'redundant') reject(new Error('The service worker did not start.'));
    });
  });
}

function base64Url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
