import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import { renewalIn, tokenEnd } from '../api/token.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';

/** Keeps us let in: a socket lives as long as its token, so the next one is handed over before that ends. */
export class Credentials {
  #cancel: (() => void) | null = null;
  #connected = false;

  constructor(
    private readonly api: Api,
    private readonly connection: Connection,
    private readonly clock: Clock,
  ) {}

  connected(is: boolean): void {
    if (is === this.#connected) return;
    this.#connected = is;
    this.#cancel?.();
    this.#cancel = null;
    if (is) void this.#plan();
  }

  /** After the gateway closed with 4401: fresh ones, or the word that there are none. */
  async renew(): Promise<'fresh' | 'unreachable' | 'refused'> {
    try {
      await this.api.token(true);
      await this.api.me();
      return 'fresh';
    } catch (error) {
      return error instanceof ApiError && (error.status === 401 || error.status === 403) ? 'refused' : 'unreachable';
    }
  }

  async #plan(): Promise<void> {
    const token = await this.api.token(false).catch(() => null);
    const end = token === null ? null : tokenEnd(token);
    if (end === null || !this.#connected) return;
    this.#cancel = this.clock.after(renewalIn(end, this.clock.now()), () => void this.#handOver());
  }

  async #handOver(): Promise<void> {
    const token = await this.api.token(true).catch(() => null);
    if (token !== null) this.connection.say({ type: 'auth', token });
    await this.#plan();
  }
}
