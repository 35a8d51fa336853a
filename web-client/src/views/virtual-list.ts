import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** A row of the list. `render` returns the content of its list item. */
export interface ListRow {
  readonly key: string;
  readonly height: number;
  /** A heading is not counted and cannot be focused. */
  readonly heading?: boolean;
  /** The row is counted but has no action: the arrow keys skip it. */
  readonly unfocusable?: boolean;
  render(): TemplateResult;
}

const overscanPx = 400;

/**
 * A list that has only its visible rows in the page. Arrow keys, Home and End move a roving focus between the
 * `[data-row]` elements. `aria-setsize` counts the whole list. Styles are set as properties, because a strict content
 * security policy forbids `style` attributes.
 */
export class VirtualList extends LitElement {
  static override properties = { rows: { attribute: false }, label: {}, visibleRange: { state: true } };
  declare rows: readonly ListRow[];
  declare label: string;
  declare visibleRange: readonly [number, number];
  #focused = '';
  #offsets: number[] = [];
  #totalHeight = 0;
  #observer: ResizeObserver | null = null;

  constructor() {
    super();
    this.rows = [];
    this.label = '';
    this.visibleRange = [0, 900];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('rows');
    this.addEventListener('scroll', this.#updateRange, { passive: true });
    this.addEventListener('keydown', this.#onKeydown);
    this.addEventListener('focusin', this.#onFocusIn);
    this.#observer = new ResizeObserver(this.#updateRange);
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('scroll', this.#updateRange);
    this.removeEventListener('keydown', this.#onKeydown);
    this.removeEventListener('focusin', this.#onFocusIn);
    this.#observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('rows')) return;
    this.#offsets = [];
    this.#totalHeight = 0;
    for (const row of this.rows) {
      this.#offsets.push(this.#totalHeight);
      this.#totalHeight += row.height;
    }
    if (!this.rows.some((row) => row.key === this.#focused && isFocusable(row))) {
      this.#focused = this.rows.find(isFocusable)?.key ?? '';
    }
  }

  protected override render(): TemplateResult {
    const [top, bottom] = this.visibleRange;
    const countable = this.rows.filter((row) => !row.heading);
    const places = new Map(countable.map((row, index) => [row.key, index + 1]));
    const visible = this.rows
      .map((row, index) => ({ row, start: this.#offsets[index] ?? 0 }))
      .filter(({ row, start }) => start + row.height > top && start < bottom);
    return html`<ul role="list" aria-label=${this.label} .style=${`height:${this.#totalHeight}px`}>
      ${repeat(
        visible,
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
            ${row.render()}
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

  readonly #updateRange = (): void => {
    const top = Math.max(0, this.scrollTop - overscanPx);
    const bottom = this.scrollTop + this.clientHeight + overscanPx;
    const [oldTop, oldBottom] = this.visibleRange;
    const slack = overscanPx / 2;
    if (Math.abs(top - oldTop) < slack && Math.abs(bottom - oldBottom) < slack && top !== 0) return;
    if (top !== oldTop || bottom !== oldBottom) this.visibleRange = [top, bottom];
  };

  readonly #onFocusIn = (event: Event): void => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('li');
    if (item?.dataset.key && item.querySelector('[data-row]')) {
      this.#focused = item.dataset.key;
      this.updated();
    }
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const reachable = this.rows.map((row, index) => ({ row, index })).filter(({ row }) => isFocusable(row));
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
    this.#scrollToRow(target.index);
    void this.#focusRow();
  };

  #scrollToRow(index: number): void {
    const start = this.#offsets[index] ?? 0;
    const end = start + (this.rows[index]?.height ?? 0);
    if (start < this.scrollTop) this.scrollTop = start;
    else if (end > this.scrollTop + this.clientHeight) this.scrollTop = end - this.clientHeight;
    this.visibleRange = [Math.max(0, this.scrollTop - overscanPx), this.scrollTop + this.clientHeight + overscanPx];
  }

  async #focusRow(): Promise<void> {
    await this.updateComplete;
    const item = [...this.querySelectorAll<HTMLElement>('li')].find((one) => one.dataset.key === this.#focused);
    item?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
  }
}

function isFocusable(row: ListRow): boolean {
  return !row.heading && !row.unfocusable;
}
