import type { Clock } from '../clock.ts';

const intervalMs = 5_000;

/** Calls `poll` repeatedly while the WebSocket does not work. The interval starts when a round has ended. */
export class Polling {
  #stop: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly poll: () => Promise<void>,
  ) {}

  setActive(active: boolean): void {
    if (!active) this.#stop?.();
    else if (!this.#stop) this.#start();
  }

  #start(): void {
    let stopped = false;
    let cancel = (): void => undefined;
    const round = async (): Promise<void> => {
      await this.poll();
      if (!stopped) cancel = this.clock.after(intervalMs, () => void round());
    };
    this.#stop = () => {
      stopped = true;
      cancel();
      this.#stop = null;
    };
    void round();
  }
}
