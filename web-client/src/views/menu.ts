import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon, type Icon } from './icons.ts';

export interface Choice {
  readonly name: string;
  readonly icon: Icon;
  readonly text: string;
  /** For something that is on or off. */
  readonly on?: boolean;
  act(): void;
}

const edgePx = 8;

/**
 * A button that unfolds a short menu: arrow keys move, Esc and a click elsewhere fold it again. The menu is in the
 * browser's top layer, so that no list that scrolls can cut it off.
 */
export class Menu extends LitElement {
  static override properties = { label: {}, symbol: {}, choices: { attribute: false }, unfolded: { state: true } };
  declare label: string;
  declare symbol: Icon;
  declare choices: readonly Choice[];
  declare unfolded: boolean;

  constructor() {
    super();
    this.label = '';
    this.symbol = 'more';
    this.choices = [];
    this.unfolded = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div class="menu" @keydown=${this.#key} @focusout=${this.#left}>
      <button
        class="tool"
        part="menu-button"
        data-row=${this.dataset.roving ?? nothing}
        aria-label=${this.label}
        title=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.unfolded}
        @click=${() => this.#unfold(!this.unfolded)}
      >
        ${icon(this.symbol)}
      </button>
      ${
        this.unfolded
          ? html`<div class="menu-list" part="menu" popover="manual" role="menu" aria-label=${this.label}>
              ${this.choices.map(
                (choice) =>
                  html`<button
                    role=${choice.on === undefined ? 'menuitem' : 'menuitemcheckbox'}
                    aria-checked=${choice.on ?? nothing}
                    data-choice=${choice.name}
                    tabindex="-1"
                    @click=${() => this.#choose(choice)}
                  >
                    ${icon(choice.icon)}<span>${choice.text}</span>${choice.on ? icon('check') : nothing}
                  </button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #unfold(unfolded: boolean): void {
    this.unfolded = unfolded;
    if (unfolded) void this.updateComplete.then(() => this.#place());
    else this.querySelector<HTMLElement>('.tool')?.focus();
  }

  /** Below the button, or above it where there is more room; at its end, but never beyond the window. */
  #place(): void {
    const list = this.querySelector<HTMLElement>('.menu-list');
    const button = this.querySelector('.tool')?.getBoundingClientRect();
    if (!list || !button) return;
    list.showPopover();
    const { offsetWidth: width, offsetHeight: height } = list;
    const below = button.bottom + 4;
    const top = below + height > innerHeight - edgePx && button.top > innerHeight / 2 ? button.top - 4 - height : below;
    const left = getComputedStyle(list).direction === 'rtl' ? button.left : button.right - width;
    list.style.top = `${Math.max(edgePx, top)}px`;
    list.style.left = `${Math.min(Math.max(edgePx, left), innerWidth - width - edgePx)}px`;
    this.#items()[0]?.focus();
  }

  #choose(choice: Choice): void {
    this.#unfold(false);
    choice.act();
  }

  #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.menu-list button')];
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (!this.unfolded) return;
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape') this.#unfold(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #left = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.unfolded = false;
  };
}
