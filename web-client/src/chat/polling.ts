import type { Clock } from '../clock.ts';

const everyMs = 5_000;

/** Asks for what is new, round after round, for as long as nobody tells it. One round at a time. */
export class Polling {
  #stop: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly round: () => Promise<void>,
  ) {}

  run(wanted: boolean): void {
    if (!wanted) this.#stop?.();
    else if (!this.#stop) this.#start();
  }

  #start(): void {
    let stopped = false;
    let cancel = (): void => undefined;
    const again = async (): Promise<void> => {
      await this.round();
      if (!stopped) cancel = this.clock.after(everyMs, () => void again());
    };
    this.#stop = () => {
      stopped = true;
      cancel();
      this.#stop = null;
    };
    void again();
  }
}
