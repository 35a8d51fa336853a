/**
 * Coordinates the tabs of one person in one browser. One tab is the leader, which plays sounds and shows notifications.
 * A tab in which a message is being read reports it to the others, so that the leader does not signal it.
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
    // The lock is held until this tab closes. Then the next waiting tab becomes the leader.
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

  /** Reports that the message is being read in this tab. */
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
