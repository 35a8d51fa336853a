import type { Attachment } from '../api/wire.ts';
import type { Outgoing } from './sending.ts';

export interface Draft {
  content: string;
  attachments: Attachment[];
}

/** As much of `localStorage` as we use. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Drafts and unsent messages, kept over a reload under gateway, tenant and person, so that two people at one
 * computer never meet each other's. One entry a message, so that several tabs do not overwrite one another. A
 * browser that keeps nothing (private mode, full) costs only the keeping.
 */
export class Keep {
  readonly #prefix: string;

  constructor(
    private readonly shelf: Shelf | null,
    base: string,
    tenant: string,
    user: string,
  ) {
    this.#prefix = `tenant_chat|${[base, tenant, user].map(encodeURIComponent).join('|')}|`;
  }

  draft(conversationId: string): Draft {
    return (this.#read(`draft|${conversationId}`) as Draft | null) ?? { content: '', attachments: [] };
  }

  keepDraft(conversationId: string, draft: Draft): void {
    const key = `draft|${conversationId}`;
    if (draft.content === '' && draft.attachments.length === 0) this.#remove(key);
    else this.#write(key, draft);
  }

  queued(): Outgoing[] {
    return this.#keys('queue|')
      .map((key) => this.#read(key) as Outgoing | null)
      .filter((outgoing) => outgoing !== null)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  keepQueued(outgoing: Outgoing): void {
    this.#write(`queue|${outgoing.id}`, outgoing);
  }

  dropQueued(id: string): void {
    this.#remove(`queue|${id}`);
  }

  setting(name: string): string | null {
    return this.#read(`setting|${name}`) as string | null;
  }

  keepSetting(name: string, value: string): void {
    this.#write(`setting|${name}`, value);
  }

  /** At sign-out: nothing of this person stays on the computer. */
  clear(): void {
    for (const key of this.#keys('')) this.#remove(key);
  }

  #keys(start: string): string[] {
    const found: string[] = [];
    try {
      for (let index = 0; index < (this.shelf?.length ?? 0); index++) {
        const key = this.shelf?.key(index);
        if (key?.startsWith(this.#prefix + start)) found.push(key.slice(this.#prefix.length));
      }
    } catch {
      return [];
    }
    return found;
  }

  #read(key: string): unknown {
    try {
      const value = this.shelf?.getItem(this.#prefix + key) ?? null;
      return value === null ? null : (JSON.parse(value) as unknown);
    } catch {
      return null;
    }
  }

  #write(key: string, value: unknown): void {
    try {
      this.shelf?.setItem(this.#prefix + key, JSON.stringify(value));
    } catch {
      // Full or forbidden: it is then kept as long as the page.
    }
  }

  #remove(key: string): void {
    try {
      this.shelf?.removeItem(this.#prefix + key);
    } catch {
      // As above.
    }
  }
}

/** The page's storage, or null where the browser forbids even asking. */
export function pageShelf(): Shelf | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
