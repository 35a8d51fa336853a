const widePx = 760;
const darkQuery = '(prefers-color-scheme: dark)';

export interface Listener {
  /** Whether somebody is looking: the tab visible and focused. */
  attended(attentive: boolean): void;
  network(online: boolean): void;
  /** A form of the page around goes to that address. */
  submitted(address: string): void;
  coloured(dark: boolean): void;
  sized(wide: boolean): void;
}

/** What the page and the browser around the element tell it, as long as it is in the page. */
export class Surroundings {
  #left: AbortController | null = null;

  constructor(
    private readonly element: Element,
    private readonly listener: Listener,
  ) {}

  enter(): void {
    this.leave();
    this.#left = new AbortController();
    const { signal } = this.#left;
    const { listener } = this;
    const dark = matchMedia(darkQuery);
    dark.addEventListener('change', () => listener.coloured(dark.matches), { signal });
    const attend = (): void => listener.attended(this.attentive);
    document.addEventListener('visibilitychange', attend, { signal });
    addEventListener('focus', attend, { signal });
    addEventListener('blur', attend, { signal });
    const network = (): void => listener.network(navigator.onLine);
    addEventListener('online', network, { signal });
    addEventListener('offline', network, { signal });
    const submitted = ({ target }: Event): void => {
      if (target instanceof HTMLFormElement) listener.submitted(target.action);
    };
    document.addEventListener('submit', submitted, { signal });
    const sizes = new ResizeObserver(([box]) => listener.sized((box?.contentRect.width ?? 0) >= widePx));
    sizes.observe(this.element);
    signal.addEventListener('abort', () => sizes.disconnect());
    listener.coloured(dark.matches);
  }

  leave(): void {
    this.#left?.abort();
    this.#left = null;
  }

  get attentive(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }
}
