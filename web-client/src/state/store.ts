import type { ChatState } from './model.ts';

export type Listener = (state: ChatState, before: ChatState) => void;

/** Holds the current state and calls its listeners once for each change, in the order in which they were added. */
export class Store {
  #state: ChatState;
  readonly #listeners = new Set<Listener>();

  constructor(initial: ChatState) {
    this.#state = initial;
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

  patch(fields: Partial<ChatState>): void {
    this.update((state) => ({ ...state, ...fields }));
  }

  /** Returns a function that removes the listener. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
