import type { ChatState } from './model.ts';

/** Holds the present state and tells who asked. Listeners hear once for each change, in the order they came. */
export class Store {
  #state: ChatState;
  readonly #listeners = new Set<(state: ChatState, before: ChatState) => void>();

  constructor(start: ChatState) {
    this.#state = start;
  }

  get state(): ChatState {
    return this.#state;
  }

  update(change: (state: ChatState) => ChatState): void {
    const before = this.#state;
    this.#state = change(before);
    if (this.#state === before) return;
    for (const listener of [...this.#listeners]) listener(this.#state, before);
  }

  patch(part: Partial<ChatState>): void {
    this.update((state) => ({ ...state, ...part }));
  }

  listen(listener: (state: ChatState, before: ChatState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
