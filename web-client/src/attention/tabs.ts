/**
 * Several tabs of one person on one browser: one of them speaks for all (it sounds and notifies), and a tab that
 * shows a message right now tells the others, so that nobody is called to what is being read.
 */
export class Tabs {
  #leads = false;
  readonly #seen = new Set<string>();
  readonly #channel: BroadcastChannel | null;
  readonly #release = new AbortController();

  constructor(name: string) {
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
    if (this.#channel) this.#channel.onmessage = (event) => this.#remember(String(event.data));
    if (!('locks' in navigator)) {
      this.#leads = true;
      return;
    }
    // Held until this tab goes; then the next in line gets it.
    navigator.locks
      .request(name, { signal: this.#release.signal }, () => {
        this.#leads = true;
        return new Promise<void>((resolve) => this.#release.signal.addEventListener('abort', () => resolve()));
      })
      .catch(() => undefined);
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** This tab shows that message to somebody who is looking. */
  reading(messageId: string): void {
    this.#remember(messageId);
    this.#channel?.postMessage(messageId);
  }

  wasRead(messageId: string): boolean {
    return this.#seen.has(messageId);
  }

  close(): void {
    this.#release.abort();
    this.#leads = false;
    this.#channel?.close();
  }

  #remember(messageId: string): void {
    this.#seen.add(messageId);
    const [oldest] = this.#seen;
    if (oldest !== undefined && this.#seen.size > 500) this.#seen.delete(oldest);
  }
}
