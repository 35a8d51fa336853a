import type { OpenRequest } from '../worker/notification.ts';

const minWideWidthPx = 760;
/** How often the clock is read to notice that the computer or the tab slept. */
const wakeCheckMs = 5_000;
const darkQuery = '(prefers-color-scheme: dark)';

export interface PageListener {
  /** `attentive`: the tab is visible and has the focus. */
  onAttentionChange(attentive: boolean): void;
  onNetworkChange(online: boolean): void;
  /** The computer or the tab slept, or the page comes from the browser's cache. Connections may have died meanwhile. */
  onWake(): void;
  /** The host page submits a form to that URL. */
  onFormSubmit(url: string): void;
  /** The person clicked a notification of that conversation, which the service worker showed. */
  onOpenRequest(conversation: string): void;
  onColourSchemeChange(dark: boolean): void;
  onWidthChange(wide: boolean): void;
}

/** Observes the browser and the host page while the element is in the page. */
export class PageObserver {
  #abort: AbortController | null = null;

  constructor(
    private readonly element: Element,
    private readonly listener: PageListener,
  ) {}

  connect(): void {
    this.disconnect();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const { listener } = this;
    const dark = matchMedia(darkQuery);
    dark.addEventListener('change', () => listener.onColourSchemeChange(dark.matches), { signal });
    const reportAttention = (): void => listener.onAttentionChange(this.attentive);
    document.addEventListener('visibilitychange', reportAttention, { signal });
    addEventListener('focus', reportAttention, { signal });
    addEventListener('blur', reportAttention, { signal });
    const reportNetwork = (): void => listener.onNetworkChange(navigator.onLine);
    addEventListener('online', reportNetwork, { signal });
    addEventListener('offline', reportNetwork, { signal });
    document.addEventListener('resume', () => listener.onWake(), { signal });
    addEventListener('pageshow', (event) => event.persisted && listener.onWake(), { signal });
    // No event reports that the computer slept while the page was in front.
    let checkedAt = Date.now();
    const check = setInterval(() => {
      const now = Date.now();
      if (now - checkedAt > 2 * wakeCheckMs) listener.onWake();
      checkedAt = now;
    }, wakeCheckMs);
    signal.addEventListener('abort', () => clearInterval(check));
    const reportSubmit = ({ target }: Event): void => {
      if (target instanceof HTMLFormElement) listener.onFormSubmit(target.action);
    };
    document.addEventListener('submit', reportSubmit, { signal });
    const reportRequest = ({ data }: MessageEvent): void => {
      const request = data as Partial<OpenRequest> | null;
      if (request?.type === 'tenant_chat_open' && request.conversation) listener.onOpenRequest(request.conversation);
    };
    if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('message', reportRequest, { signal });
    const sizes = new ResizeObserver(([box]) =>
      listener.onWidthChange((box?.contentRect.width ?? 0) >= minWideWidthPx),
    );
    sizes.observe(this.element);
    signal.addEventListener('abort', () => sizes.disconnect());
    listener.onColourSchemeChange(dark.matches);
  }

  disconnect(): void {
    this.#abort?.abort();
    this.#abort = null;
  }

  get attentive(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }
}
