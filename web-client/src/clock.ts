/** Time and random numbers, injected so that tests control them. */
export interface Clock {
  now(): number;
  /** Runs the function once after that many milliseconds. The returned function cancels it. */
  after(ms: number, run: () => void): () => void;
  /** At least 0, less than 1. */
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
