const minWideWidthPx = 760;
const darkQuery = '(prefers-color-scheme: dark)';

export interface PageListener {
  /** Whether somebody is looking: the tab visible and focused. */
  onAttentionChange(attentive: boolean): void;
  onNetworkChange(online: boolean): void;
  /** A form of the page around goes to that address. */
  onFormSubmit(address: string): void;
  onColourSchemeChange(dark: boolean): void;
  onWidthChange(wide: boolean): void;
}

/** What the page and the browser around the element tell it, as long as it is in the page. */
export class PageObserver {
  #left: AbortController | null = null;

  constructor(
    private readonly element: Element,
    private readonly listener: PageListener,
  ) {}

  connect(): void {
    this.disconnect();
    this.#left = new AbortController();
    const { signal } = this.#left;
    const { listener } = this;
    const dark = matchMedia(darkQuery);
    dark.addEventListener('change', () => listener.onColourSchemeChange(dark.matches), { signal });
    const attend = (): void => listener.onAttentionChange(this.attentive);
    document.addEventListener('visibilitychange', attend, { signal });
    addEventListener('focus', attend, { signal });
    addEventListener('blur', attend, { signal });
    const network = (): void => listener.onNetworkChange(navigator.onLine);
    addEventListener('online', network, { signal });
    addEventListener('offline', network, { signal });
    const submitted = ({ target }: Event): void => {
      if (target instanceof HTMLFormElement) listener.onFormSubmit(target.action);
    };
    document.addEventListener('submit', submitted, { signal });
    const sizes = new ResizeObserver(([box]) =>
      listener.onWidthChange((box?.contentRect.width ?? 0) >= minWideWidthPx),
    );
    sizes.observe(this.element);
    signal.addEventListener('abort', () => sizes.disconnect());
    listener.onColourSchemeChange(dark.matches);
  }

  disconnect(): void {
    this.#left?.abort();
    this.#left = null;
  }

  get attentive(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }
}
