import { html, type TemplateResult } from 'lit';
import type { ChatState } from '../state/model.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import { emptyState, loadFailure, rowSkeletons, searchField } from './shared-templates.ts';
import type { ListRow } from './virtual-list.ts';
import { matches } from './search.ts';
import { View } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

const rowHeight = 56;

/** Selects people to add to a group. Fires `done` after they were added or the person went back. */
export class AddMembers extends View {
  static override properties = {
    ...View.properties,
    conversationId: {},
    memberIds: { attribute: false },
    query: { state: true },
    selected: { state: true },
    busy: { state: true },
  };
  declare conversationId: string;
  /** The ids of the present members. */
  declare memberIds: ReadonlySet<string>;
  declare query: string;
  declare selected: ReadonlySet<string>;
  declare busy: boolean;

  constructor() {
    super();
    this.conversationId = '';
    this.memberIds = new Set();
    this.query = '';
    this.selected = new Set();
    this.busy = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [state.conversations.get(this.conversationId)?.participant_count, state.people, state.peopleLoad];
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('button')?.focus();
  }

  protected override render(): TemplateResult {
    const { texts } = this.ui;
    const count = this.state.conversations.get(this.conversationId)?.participant_count ?? 0;
    return html`
      <div class="thread-head">
        <button class="tool" aria-label=${texts.t('back')} title=${texts.t('back')} @click=${this.#done}>
          ${icon('back')}
        </button>
        <div class="thread-who">
          <h2 class="thread-title">${texts.t('add_members')}</h2>
          <span class="thread-sub">${texts.t('members', { n: count })}</span>
        </div>
      </div>
      ${searchField(texts.t('search_people'), this.query, (query) => (this.query = query))} ${this.#people()}
      <div class="group-foot">
        <button
          class="button primary"
          ?disabled=${this.busy || this.selected.size === 0}
          @click=${() => void this.#add()}
        >
          ${this.selected.size === 0 ? texts.t('add_members') : texts.t('add_n', { n: this.selected.size })}
        </button>
      </div>
    `;
  }

  /** The people who can be selected. "Everyone is in" is true only after the people were loaded. */
  #people(): TemplateResult {
    const { texts, chat } = this.ui;
    const { people, peopleLoad } = this.state;
    if (people.size === 0 && peopleLoad !== 'done')
      return peopleLoad === 'failed' ? loadFailure(texts, () => void chat.reload()) : rowSkeletons(4);
    const rows = this.#candidates();
    if (rows.length > 0)
      return html`<tenant-chat-virtual-list .rows=${rows} .label=${texts.t('people')}></tenant-chat-virtual-list>`;
    return emptyState(
      'people',
      this.query === '' ? texts.t('all_in') : texts.t('nobody_found', { query: this.query }),
      '',
    );
  }

  #candidates(): ListRow[] {
    const { texts } = this.ui;
    return [...this.state.people.values()]
      .filter((person) => !this.memberIds.has(person.id) && matches(this.query, person.name, person.email))
      .sort((a, b) => texts.collator.compare(a.name || a.email, b.name || b.email))
      .map((person) => ({
        key: person.id,
        height: rowHeight,
        render: () => {
          const name = person.name || person.email;
          return html`<label class="row-pair ${this.selected.has(person.id) ? 'ticked' : ''}">
            <span class="row static">
              ${avatar(person.id, name, person.is_online, 'small')}
              <span class="row-text"
                ><span class="row-line"><span class="row-title" dir="auto">${isolated(name)}</span></span></span
              >
            </span>
            <span class="tick">
              <input
                type="checkbox"
                data-row
                aria-label=${texts.t('select', { name })}
                .checked=${this.selected.has(person.id)}
                @change=${() => this.#toggle(person.id)}
              />
              <span aria-hidden="true">${icon('check')}</span>
            </span>
          </label>`;
        },
      }));
  }

  #toggle(id: string): void {
    const chosen = new Set(this.selected);
    if (!chosen.delete(id)) chosen.add(id);
    this.selected = chosen;
  }

  async #add(): Promise<void> {
    this.busy = true;
    const done = await this.tryAction(() => this.ui.chat.groups.add(this.conversationId, [...this.selected]));
    this.busy = false;
    if (done) this.#done();
  }

  readonly #done = (): void => void this.dispatchEvent(new CustomEvent('done'));
}
