/**
 * Several tabs of one person on one browser: one of them speaks for all (it sounds and notifies), and a tab that
 * shows a message right now tells the others, so that nobody is called to what is being read.
 */
export class TabCoordinator {
  #leads = false;
  readonly #readIds = new Set<string>();
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

  get isLeader(): boolean {
    return this.#leads;
  }

  /** This tab shows that message to somebody who is looking. */
  reportRead(messageId: string): void {
    this.#remember(messageId);
    this.#channel?.postMessage(messageId);
  }

  isRead(messageId: string): boolean {
    return this.#readIds.has(messageId);
  }

  close(): void {
    this.#release.abort();
    this.#leads = false;
    this.#channel?.close();
  }

  #remember(messageId: string): void {
    this.#readIds.add(messageId);
    const [oldest] = this.#readIds;
    if (oldest !== undefined && this.#readIds.size > 500) this.#readIds.delete(oldest);
  }
}
