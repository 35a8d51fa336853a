import type { Attachment } from '../api/wire.ts';
import type { OutgoingMessage } from './sending.ts';

export interface Draft {
  content: string;
  attachments: Attachment[];
}

/** The members of `localStorage` that the store uses. */
export type DraftStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** The stored form of an outgoing message. Its field names must not change: browsers hold older entries. */
type StoredMessage = Omit<OutgoingMessage, 'state'> & { life: { is: 'queued' } | { is: 'failed'; reason: string } };

/**
 * Keeps drafts, unsent messages and settings in the browser. The keys contain gateway, tenant and person, so that
 * people who share a computer never see each other's entries. Each message has its own entry, so that tabs do not
 * overwrite each other's. Without storage (private mode, quota exceeded) the chat works, but a reload loses them.
 */
export class DraftStore {
  readonly #prefix: string;

  constructor(
    private readonly storage: DraftStorage | null,
    base: string,
    tenant: string,
    user: string,
  ) {
    this.#prefix = `tenant_chat|${[base, tenant, user].map(encodeURIComponent).join('|')}|`;
  }

  draft(conversationId: string): Draft {
    return (this.#read(`draft|${conversationId}`) as Draft | null) ?? { content: '', attachments: [] };
  }

  saveDraft(conversationId: string, draft: Draft): void {
    const key = `draft|${conversationId}`;
    if (draft.content === '' && draft.attachments.length === 0) this.#remove(key);
    else this.#write(key, draft);
  }

  /** The unsent messages in the order in which they were written. */
  queued(): OutgoingMessage[] {
    return this.#keys('queue|')
      .map((key) => this.#read(key) as StoredMessage | null)
      .filter((stored) => stored !== null)
      .map(({ life, ...message }): OutgoingMessage => ({
        ...message,
        state: life.is === 'failed' ? { kind: 'failed', reason: life.reason } : { kind: 'queued' },
      }))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  saveQueued({ state, ...message }: OutgoingMessage): void {
    const life = state.kind === 'failed' ? { is: state.kind, reason: state.reason } : { is: 'queued' as const };
    this.#write(`queue|${message.id}`, { ...message, life } satisfies StoredMessage);
  }

  removeQueued(id: string): void {
    this.#remove(`queue|${id}`);
  }

  setting(name: string): string | null {
    return this.#read(`setting|${name}`) as string | null;
  }

  saveSetting(name: string, value: string): void {
    this.#write(`setting|${name}`, value);
  }

  /** Removes every entry of this person. Called at sign-out. */
  clear(): void {
    for (const key of this.#keys('')) this.#remove(key);
  }

  #keys(start: string): string[] {
    const found: string[] = [];
    try {
      for (let index = 0; index < (this.storage?.length ?? 0); index++) {
        const key = this.storage?.key(index);
        if (key?.startsWith(this.#prefix + start)) found.push(key.slice(this.#prefix.length));
      }
    } catch {
      return [];
    }
    return found;
  }

  #read(key: string): unknown {
    try {
      const value = this.storage?.getItem(this.#prefix + key) ?? null;
      return value === null ? null : (JSON.parse(value) as unknown);
    } catch {
      return null;
    }
  }

  #write(key: string, value: unknown): void {
    try {
      this.storage?.setItem(this.#prefix + key, JSON.stringify(value));
    } catch {
      // The quota is exceeded or storage is forbidden.
    }
  }

  #remove(key: string): void {
    try {
      this.storage?.removeItem(this.#prefix + key);
    } catch {
      // Storage is forbidden.
    }
  }
}

/** The page's `localStorage`, or null if the browser forbids access. */
export function browserStorage(): DraftStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
