/** The first and last seq in the page; null means no bound. */
export interface MessageWindow {
  readonly from: number | null;
  readonly to: number | null;
}

/** The maximum number of messages in the page. More may be loaded. */
export const maxEntries = 160;
const step = 40;

/** Adds loaded messages above `first`, and drops messages at the end if there are too many. */
export function extendUp(window: MessageWindow, first: number, last: number, oldest: number): MessageWindow {
  const from = Math.max(oldest, first - step);
  return { from, to: last - from >= maxEntries ? from + maxEntries - 1 : window.to };
}

/** Adds loaded messages below the window, and drops messages at the start if there are too many. */
export function extendDown(window: MessageWindow, newest: number): MessageWindow {
  const to = (window.to ?? newest) + step;
  return { from: Math.max(window.from ?? 0, to - maxEntries + 1), to: to >= newest ? null : to };
}
