import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import { renewalIn, tokenExpiry } from '../api/token.ts';
import type { Me } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import type { Renewal } from '../connection/connection-state.ts';

/** Sends a fresh token over the WebSocket before the old one expires, because the gateway then closes the socket. */
export class Credentials {
  #cancel: (() => void) | null = null;
  #connected = false;

  constructor(
    private readonly api: Api,
    private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly isMine: (me: Me) => boolean,
  ) {}

  setConnected(connected: boolean): void {
    if (connected === this.#connected) return;
    this.#connected = connected;
    this.#cancel?.();
    this.#cancel = null;
    if (connected) void this.#scheduleRenewal();
  }

  /** Gets fresh credentials after the gateway closed the socket with 4401. */
  async renew(): Promise<Renewal> {
    try {
      await this.api.token(true);
      const me = await this.api.me();
      if (!this.isMine(me)) return 'refused';
      this.api.actFor(me);
      return 'fresh';
    } catch (error) {
      return error instanceof ApiError && (error.status === 401 || error.status === 403) ? 'refused' : 'unreachable';
    }
  }

  async #scheduleRenewal(): Promise<void> {
    const token = await this.api.token(false).catch(() => null);
    const expiry = token === null ? null : tokenExpiry(token);
    if (expiry === null || !this.#connected) return;
    this.#cancel = this.clock.after(renewalIn(expiry, this.clock.now()), () => void this.#sendFreshToken());
  }

  async #sendFreshToken(): Promise<void> {
    const token = await this.api.token(true).catch(() => null);
    if (token !== null) this.connection.send({ type: 'auth', token });
    await this.#scheduleRenewal();
  }
}
