import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** One line of a long list. `row` draws the inside of its list item. */
export interface Row {
  readonly key: string;
  readonly height: number;
  /** Headings are drawn but neither counted nor reached by the arrow keys. */
  readonly heading?: boolean;
  /** Counted, but with nothing to do in it: the arrow keys pass it by. */
  readonly still?: boolean;
  draw(): TemplateResult;
}

const marginPx = 400;

/*
 * Styles are set as properties, here and elsewhere: a `style` attribute in a template is what a strict policy forbids.
 */

/**
 * A list of any length of which only what is in sight is in the page. Arrow keys, Home and End move between rows
 * (roving focus on each row's `[data-row]` element); the counts that assistive technology reads are the whole list's.
 */
export class RowList extends LitElement {
  static override properties = { rows: { attribute: false }, label: {}, reach: { state: true } };
  declare rows: readonly Row[];
  declare label: string;
  declare reach: readonly [number, number];
  #focused = '';
  #starts: number[] = [];
  #total = 0;
  #observer: ResizeObserver | null = null;

  constructor() {
    super();
    this.rows = [];
    this.label = '';
    this.reach = [0, 900];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('rows');
    this.addEventListener('scroll', this.#measure, { passive: true });
    this.addEventListener('keydown', this.#move);
    this.addEventListener('focusin', this.#remember);
    this.#observer = new ResizeObserver(this.#measure);
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('scroll', this.#measure);
    this.removeEventListener('keydown', this.#move);
    this.removeEventListener('focusin', this.#remember);
    this.#observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('rows')) return;
    this.#starts = [];
    this.#total = 0;
    for (const row of this.rows) {
      this.#starts.push(this.#total);
      this.#total += row.height;
    }
    if (!this.rows.some((row) => row.key === this.#focused && isReachable(row))) {
      this.#focused = this.rows.find(isReachable)?.key ?? '';
    }
  }

  protected override render(): TemplateResult {
    const [top, bottom] = this.reach;
    const countable = this.rows.filter((row) => !row.heading);
    const places = new Map(countable.map((row, index) => [row.key, index + 1]));
    const inSight = this.rows
      .map((row, index) => ({ row, start: this.#starts[index] ?? 0 }))
      .filter(({ row, start }) => start + row.height > top && start < bottom);
    return html`<ul role="list" aria-label=${this.label} .style=${`height:${this.#total}px`}>
      ${repeat(
        inSight,
        ({ row }) => row.key,
        ({ row, start }) =>
          html`<li
            role="listitem"
            class=${row.heading ? 'heading' : ''}
            data-key=${row.key}
            aria-setsize=${row.heading ? nothing : countable.length}
            aria-posinset=${row.heading ? nothing : (places.get(row.key) ?? 0)}
            .style=${`transform:translateY(${start}px);height:${row.height}px`}
          >
            ${row.draw()}
          </li>`,
      )}
    </ul>`;
  }

  protected override updated(): void {
    for (const item of this.querySelectorAll<HTMLElement>('li')) {
      const target = item.querySelector<HTMLElement>('[data-row]');
      if (target) target.tabIndex = item.dataset.key === this.#focused ? 0 : -1;
    }
  }

  readonly #measure = (): void => {
    const top = Math.max(0, this.scrollTop - marginPx);
    const bottom = this.scrollTop + this.clientHeight + marginPx;
    const [oldTop, oldBottom] = this.reach;
    const slack = marginPx / 2;
    if (Math.abs(top - oldTop) < slack && Math.abs(bottom - oldBottom) < slack && top !== 0) return;
    if (top !== oldTop || bottom !== oldBottom) this.reach = [top, bottom];
  };

  readonly #remember = (event: Event): void => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('li');
    if (item?.dataset.key && item.querySelector('[data-row]')) {
      this.#focused = item.dataset.key;
      this.updated();
    }
  };

  readonly #move = (event: KeyboardEvent): void => {
    const reachable = this.rows.map((row, index) => ({ row, index })).filter(({ row }) => isReachable(row));
    const at = reachable.findIndex(({ row }) => row.key === this.#focused);
    const to =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? reachable.length - 1
              : null;
    const target = to === null ? undefined : reachable[to];
    if (!target) return;
    event.preventDefault();
    this.#focused = target.row.key;
    this.#reveal(target.index);
    void this.#focus();
  };

  #reveal(index: number): void {
    const start = this.#starts[index] ?? 0;
    const end = start + (this.rows[index]?.height ?? 0);
    if (start < this.scrollTop) this.scrollTop = start;
    else if (end > this.scrollTop + this.clientHeight) this.scrollTop = end - this.clientHeight;
    this.reach = [Math.max(0, this.scrollTop - marginPx), this.scrollTop + this.clientHeight + marginPx];
  }

  async #focus(): Promise<void> {
    await this.updateComplete;
    const item = [...this.querySelectorAll<HTMLElement>('li')].find((one) => one.dataset.key === this.#focused);
    item?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
  }
}

function isReachable(row: Row): boolean {
  return !row.heading && !row.still;
}
