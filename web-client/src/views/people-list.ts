import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, PersonPresence } from '../api/wire.ts';
import { byActivity, otherOf } from '../state/conversations.ts';
import type { ChatState } from '../state/model.ts';
import { avatar, groupAvatar } from './avatar.ts';
import { icon } from './icons.ts';
import { emptyState, loadFailure, rowSkeletons, searchField } from './shared-templates.ts';
import type { ListRow } from './virtual-list.ts';
import { matches } from './search.ts';
import { View } from './view.ts';
import { isolated } from '../i18n/bidi.ts';

const rowHeight = 60;
const headingHeight = 38;

/** The people of the organisation and the groups. A click opens a conversation; selected people form a new group. */
export class PeopleList extends View {
  static override properties = {
    ...View.properties,
    query: { state: true },
    selected: { state: true },
    title: { state: true },
    busy: { state: true },
  };
  declare query: string;
  declare selected: ReadonlySet<string>;
  declare title: string;
  declare busy: boolean;

  constructor() {
    super();
    this.query = '';
    this.selected = new Set();
    this.title = '';
    this.busy = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [state.people, state.peopleLoad, state.conversations, state.me, state.screen];
  }

  protected override render(): TemplateResult {
    const { texts, chat } = this.ui;
    const { people, peopleLoad } = this.state;
    if (people.size === 0 && peopleLoad !== 'done') {
      return peopleLoad === 'failed' ? loadFailure(texts, () => void chat.reload()) : rowSkeletons(7);
    }
    const rows = this.#rows();
    const nobody = rows.length === 0;
    return html`
      ${searchField(texts.t('search_people'), this.query, (query) => (this.query = query))}
      ${
        nobody
          ? this.query === ''
            ? emptyState('people', texts.t('no_people'), texts.t('no_people_hint'))
            : emptyState('search', texts.t('nobody_found', { query: this.query }), '')
          : html`<tenant-chat-virtual-list .rows=${rows} .label=${texts.t('people')}></tenant-chat-virtual-list>`
      }
      ${this.selected.size > 0 ? this.#groupForm() : nothing}
    `;
  }

  #rows(): ListRow[] {
    const { texts } = this.ui;
    const me = this.state.me?.id;
    const groups = [...this.state.conversations.values()]
      .filter((one) => one.is_group && matches(this.query, one.title))
      .sort(byActivity);
    const people = [...this.state.people.values()]
      .filter((person) => person.id !== me && matches(this.query, person.name, person.email))
      .sort(
        (a, b) =>
          Number(b.is_online) - Number(a.is_online) || texts.collator.compare(a.name || a.email, b.name || b.email),
      );
    const shown = this.state.screen.wide
      ? this.state.conversations.get(this.state.screen.conversationId ?? '')
      : undefined;
    const other = shown && otherOf(this.state, shown)?.id;
    const rows: ListRow[] = [];
    if (groups.length > 0) {
      rows.push(heading('groups', texts.t('groups')));
      for (const group of groups)
        rows.push({ key: group.id, height: rowHeight, render: () => this.#group(group, group === shown) });
      if (people.length > 0) rows.push(heading('people', texts.t('people')));
    }
    for (const person of people)
      rows.push({ key: person.id, height: rowHeight, render: () => this.#person(person, person.id === other) });
    return rows;
  }

  #group(group: Conversation, shown: boolean): TemplateResult {
    const { texts } = this.ui;
    return html`<button
      class="row ${shown ? 'selected' : ''}"
      part="group"
      data-row
      data-conversation-id=${group.id}
      aria-current=${shown}
      @click=${() => this.#open(group)}
    >
      ${groupAvatar(group.id, 'small')}
      <span class="row-text">
        <span class="row-line"><span class="row-title" dir="auto">${group.title}</span></span>
        <span class="row-line"
          ><span class="row-preview">${texts.t('members', { n: group.participant_count })}</span></span
        >
      </span>
    </button>`;
  }

  #person(person: PersonPresence, shown: boolean): TemplateResult {
    const { texts } = this.ui;
    const name = person.name || person.email;
    const chosen = this.selected.has(person.id);
    const presence = person.is_online
      ? texts.t('online')
      : person.last_seen
        ? texts.t('last_seen', { when: texts.ago(person.last_seen, this.ui.now()) })
        : texts.t('offline');
    return html`<div class="row-pair ${chosen || shown ? 'ticked' : ''}">
      <button
        class="row"
        part="person"
        data-row
        data-user-id=${person.id}
        data-online=${person.is_online}
        aria-current=${shown}
        @click=${() => void this.#startWith(person)}
      >
        ${avatar(person.id, name, person.is_online, 'small')}
        <span class="row-text">
          <span class="row-line"><span class="row-title" dir="auto">${isolated(name)}</span></span>
          <span class="row-line"><span class="row-preview">${presence}</span></span>
        </span>
      </button>
      <label class="tick" title=${texts.t('select', { name })}>
        <input
          type="checkbox"
          aria-label=${texts.t('select', { name })}
          .checked=${chosen}
          @change=${() => this.#toggle(person.id)}
        />
        <span aria-hidden="true">${icon('check')}</span>
      </label>
    </div>`;
  }

  #groupForm(): TemplateResult {
    const { texts } = this.ui;
    return html`<form class="group-form" @submit=${this.#createGroup}>
      <div class="chips">
        ${[...this.selected].map((id) => {
          const person = this.state.people.get(id);
          const name = person?.name || person?.email || '';
          return html`<button
            type="button"
            class="chip"
            aria-label=${texts.t('unselect', { name })}
            @click=${() => this.#toggle(id)}
          >
            ${isolated(name)}${icon('close')}
          </button>`;
        })}
      </div>
      <div class="field-row">
        <input
          class="field"
          name="title"
          maxlength="255"
          placeholder=${texts.t('group_name')}
          aria-label=${texts.t('group_name')}
          .value=${this.title}
          @input=${(event: Event) => (this.title = (event.target as HTMLInputElement).value)}
        />
        <button class="button primary" type="submit" ?disabled=${this.busy}>${texts.t('create_group')}</button>
      </div>
    </form>`;
  }

  #toggle(id: string): void {
    const chosen = new Set(this.selected);
    if (!chosen.delete(id)) chosen.add(id);
    this.selected = chosen;
  }

  #open(group: Conversation): void {
    void this.ui.chat.open(group.id);
    this.ui.focusComposer();
  }

  async #startWith(person: PersonPresence): Promise<void> {
    const { chat } = this.ui;
    // The focus moves before the messages are loaded: later it would be taken from what the person does meanwhile.
    const started = await this.tryAction(async () => void chat.open((await chat.findOrStart(person.id)).id));
    if (started) this.ui.focusComposer();
  }

  async #createGroup(event: Event): Promise<void> {
    event.preventDefault();
    this.busy = true;
    const done = await this.tryAction(() => this.ui.chat.startGroup([...this.selected], this.title.trim()));
    this.busy = false;
    if (!done) return;
    this.selected = new Set();
    this.title = '';
    this.ui.focusComposer();
  }
}

function heading(key: string, text: string): ListRow {
  return { key, height: headingHeight, heading: true, render: () => html`<span class="rows-heading">${text}</span>` };
}
