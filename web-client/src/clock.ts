/** Time and chance as something handed in, so that tests can hold them still. */
export interface Clock {
  now(): number;
  /** Runs once after so many milliseconds; the answer takes it back. */
  after(ms: number, run: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
