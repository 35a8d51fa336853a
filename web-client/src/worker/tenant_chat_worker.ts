/**
 * The service worker of Web Push. It shows notifications while no page with the chat is open, and opens the conversation
 * on a click. It intercepts no requests and caches nothing. Its scope contains no page, so that it never replaces a
 * service worker of the host application.
 */
import {
  addressOf,
  bodyOf,
  tagOf,
  titleOf,
  type NotificationData,
  type OpenRequest,
  type PushMessage,
} from './notification.ts';

/** What this file uses of the types of service workers, which cannot be loaded together with those of pages. */
interface Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushEvent extends Event {
  data: { json(): unknown } | null;
}
interface ClickEvent extends Event {
  notification: Notification;
}
interface Page {
  url: string;
  focus(): Promise<unknown>;
  postMessage(message: OpenRequest): void;
}
interface Worker {
  registration: ServiceWorkerRegistration;
  location: Location;
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: (event: Event) => void): void;
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: ClickEvent) => void): void;
}

const worker = self as unknown as Worker;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('push', (event) => {
  const message = parsed(event.data);
  if (message) event.waitUntil(show(message));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as NotificationData));
});

function parsed(data: PushEvent['data']): PushMessage | null {
  try {
    return data ? (data.json() as PushMessage) : null;
  } catch {
    return null;
  }
}

async function show(message: PushMessage): Promise<void> {
  const tag = tagOf(message);
  const data: NotificationData = { conversation: message.conversation, message: message.message, page: message.page };
  const shown = await worker.registration.getNotifications({ tag });
  // The installation may send a message twice. The second time must not sound again.
  const repeated = shown.some((one) => (one.data as NotificationData).message === message.message);
  const options: NotificationOptions & { renotify: boolean; timestamp: number } = {
    body: bodyOf(message),
    tag,
    data,
    lang: message.language,
    timestamp: message.sent_at,
    renotify: !repeated,
  };
  await worker.registration.showNotification(titleOf(message), options);
}

async function open(data: NotificationData): Promise<void> {
  const address = addressOf(data, worker.location.origin);
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === new URL(address).pathname);
  if (!page) {
    await worker.clients.openWindow(address);
    return;
  }
  page.postMessage({ type: 'tenant_chat_open', conversation: data.conversation });
  await page.focus();
}
