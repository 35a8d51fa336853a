import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PushSubscription as Subscribed, PushSubscriptionRequest } from '../api/wire.ts';
import { DraftStore } from '../state/draft-store.ts';
import { FakeStorage } from '../testing/fakes.ts';
import { PushSubscriptions, type PushBrowser } from './push.ts';

/** A browser with one service worker, and the API of the gateway. */
class FakePush {
  subscription: { endpoint: string; key: string } | null = null;
  readonly requests: PushSubscriptionRequest[] = [];
  readonly deleted: string[] = [];
  /** The conversations whose notifications the worker shows. */
  shown: string[] = [];
  scope: string | null = null;
  down = false;

  readonly browser: PushBrowser = {
    register: async (_script, scope) => {
      this.scope = scope;
      return this.#registration();
    },
    registration: async () => (this.scope === null ? undefined : this.#registration()),
  };
  readonly api = {
    subscribePush: async (request: PushSubscriptionRequest): Promise<Subscribed> => {
      this.requests.push(request);
      const { language = 'en', page = '/' } = request;
      return { id: `id ${this.requests.length}`, service: 'push.example', language, page, created_at: '' };
    },
    unsubscribePush: async (id: string): Promise<void> => {
      if (this.down) throw new Error('down');
      this.deleted.push(id);
    },
  };

  #registration(): ServiceWorkerRegistration {
    const manager = {
      getSubscription: async () => this.#browserSubscription(),
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        this.subscription = { endpoint: `https://push.example/${Math.random()}`, key: applicationServerKey };
        return this.#browserSubscription();
      },
    };
    const getNotifications = async (): Promise<object[]> =>
      this.shown.map((conversation) => ({
        data: { conversation },
        close: () => (this.shown = this.shown.filter((one) => one !== conversation)),
      }));
    return { active: {}, pushManager: manager, getNotifications } as unknown as ServiceWorkerRegistration;
  }

  #browserSubscription(): object | null {
    const present = this.subscription;
    if (!present) return null;
    return {
      endpoint: present.endpoint,
      options: { applicationServerKey: Uint8Array.from(Buffer.from(present.key, 'base64url')).buffer },
      toJSON: () => ({ endpoint: present.endpoint, keys: { p256dh: 'p', auth: 'a' } }),
      unsubscribe: async () => {
        this.subscription = null;
        return true;
      },
    };
  }
}

function subscriptionsOf(push: FakePush, storage: FakeStorage, person: string, publicKey = 'S0VZ'): PushSubscriptions {
  const drafts = new DraftStore(storage, 'https://chat.example', 'acme', person);
  const script = 'https://chat.example/tenant_chat_worker.js';
  return new PushSubscriptions(push.api, drafts, push.browser, { script, publicKey, language: 'es', page: '/chat' });
}

test('a browser is subscribed once, and its subscription is renewed at each start', async () => {
  const push = new FakePush();
  const storage = new FakeStorage();
  await subscriptionsOf(push, storage, 'ann').start();
  const endpoint = push.subscription?.endpoint;
  await subscriptionsOf(push, storage, 'ann').start();

  assert.equal(push.scope, 'https://chat.example/tenant_chat_worker/');
  const keys = { p256dh: 'p', auth: 'a' };
  assert.deepEqual(push.requests, Array(2).fill({ endpoint, keys, language: 'es', page: '/chat' }));
});

test('a subscription of another person or of another key ends before the new one', async () => {
  const push = new FakePush();
  const storage = new FakeStorage();
  await subscriptionsOf(push, storage, 'ann').start();
  await subscriptionsOf(push, storage, 'ben').start();
  await subscriptionsOf(push, storage, 'ben', 'TkVX').start();

  assert.equal(new Set(push.requests.map((request) => request.endpoint)).size, 3);
});

test('the end reaches the browser also if the gateway does not answer', async () => {
  const push = new FakePush();
  const storage = new FakeStorage();
  await subscriptionsOf(push, storage, 'ann').start();
  await subscriptionsOf(push, storage, 'ann').stop();
  assert.deepEqual([push.subscription, push.deleted], [null, ['id 1']]);

  await subscriptionsOf(push, storage, 'ann').start();
  push.down = true;
  await subscriptionsOf(push, storage, 'ann').stop();
  assert.equal(push.subscription, null);
});

test('a person without notifications ends what another person left', async () => {
  const push = new FakePush();
  const storage = new FakeStorage();
  await subscriptionsOf(push, storage, 'ann').stop();
  await subscriptionsOf(push, storage, 'ann').start();
  await subscriptionsOf(push, storage, 'ben').stop();

  assert.deepEqual([push.subscription, push.deleted], [null, []]);
});

test('notifications of what was read are closed, and no others', async () => {
  const push = new FakePush();
  const subscriptions = subscriptionsOf(push, new FakeStorage(), 'ann');
  await subscriptions.closeNotifications(() => true);
  await subscriptions.start();
  push.shown = ['read', 'unread'];
  await subscriptions.closeNotifications((conversation) => conversation === 'read');

  assert.deepEqual(push.shown, ['unread']);
});
