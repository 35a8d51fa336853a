import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon, type Icon } from './icons.ts';

export interface MenuItem {
  readonly name: string;
  readonly icon: Icon;
  readonly text: string;
  /** Present if the item is a switch. */
  readonly on?: boolean;
  run(): void;
}

const edgePx = 8;

/**
 * A button with a menu. Arrow keys move the focus; Esc and a click outside close the menu. The menu is a popover in the
 * browser's top layer, so that a scrolling list does not clip it.
 */
export class Menu extends LitElement {
  static override properties = {
    label: {},
    iconName: { attribute: 'icon-name' },
    items: { attribute: false },
    expanded: { state: true },
  };
  declare label: string;
  declare iconName: Icon;
  declare items: readonly MenuItem[];
  declare expanded: boolean;

  constructor() {
    super();
    this.label = '';
    this.iconName = 'more';
    this.items = [];
    this.expanded = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div class="menu" @keydown=${this.#onKeydown} @focusout=${this.#onFocusOut}>
      <button
        class="tool"
        part="menu-button"
        data-row=${this.dataset.roving ?? nothing}
        aria-label=${this.label}
        title=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.expanded}
        @click=${() => this.#setExpanded(!this.expanded)}
      >
        ${icon(this.iconName)}
      </button>
      ${
        this.expanded
          ? html`<div class="menu-list" part="menu" popover="manual" role="menu" aria-label=${this.label}>
              ${this.items.map(
                (item) =>
                  html`<button
                    role=${item.on === undefined ? 'menuitem' : 'menuitemcheckbox'}
                    aria-checked=${item.on ?? nothing}
                    data-choice=${item.name}
                    tabindex="-1"
                    @click=${() => this.#choose(item)}
                  >
                    ${icon(item.icon)}<span>${item.text}</span>${item.on ? icon('check') : nothing}
                  </button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #setExpanded(expanded: boolean): void {
    this.expanded = expanded;
    if (expanded) void this.updateComplete.then(() => this.#position());
    else this.querySelector<HTMLElement>('.tool')?.focus();
  }

  /** Places the menu below the button, or above it where there is more room, and always within the window. */
  #position(): void {
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
    this.#buttons()[0]?.focus();
  }

  #choose(item: MenuItem): void {
    this.#setExpanded(false);
    item.run();
  }

  #buttons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.menu-list button')];
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.expanded) return;
    const items = this.#buttons();
    const at = items.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape') this.#setExpanded(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onFocusOut = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.expanded = false;
  };
}
