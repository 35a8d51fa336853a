import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Conversation, Participant, Role } from '../api/wire.ts';
import type { ChatState } from '../state/model.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import type { Choice } from './menu.ts';
import { emptyState } from './parts.ts';
import type { Row } from './rows.ts';
import { matches } from './search.ts';
import { View } from './view.ts';

const rowHeight = 56;

type Question = { about: 'remove' | 'owner'; member: Participant } | { about: 'leave' };

/** A group from the inside: its name, who is in it, adding and removing, leaving. */
export class Group extends View {
  static override properties = {
    ...View.properties,
    conversationId: {},
    members: { state: true },
    query: { state: true },
    adding: { state: true },
    ticked: { state: true },
    asking: { state: true },
    busy: { state: true },
  };
  declare conversationId: string;
  /** Everybody, once fetched; the conversation itself carries the first hundred. */
  declare members: readonly Participant[] | null;
  declare query: string;
  declare adding: boolean;
  declare ticked: ReadonlySet<string>;
  /** What is to be confirmed, and about whom. */
  declare asking: Question | null;
  declare busy: boolean;
  #known: Conversation | undefined;

  constructor() {
    super();
    this.conversationId = '';
    this.members = null;
    this.query = '';
    this.adding = false;
    this.ticked = new Set();
    this.asking = null;
    this.busy = false;
  }

  protected override shown(state: ChatState): readonly unknown[] {
    return [state.conversations.get(this.conversationId), state.people, state.me];
  }

  protected override willUpdate(changed: PropertyValues): void {
    const group = this.state.conversations.get(this.conversationId);
    if (changed.has('conversationId')) this.members = null;
    if (changed.has('conversationId') || aboutItself(this.#known, group)) void this.#load();
    this.#known = group;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('button')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts } = this.ui;
    const group = this.state.conversations.get(this.conversationId);
    if (!group) return nothing;
    const candidates = this.adding;
    const rows = candidates ? this.#candidates(group) : this.#memberRows(group);
    return html`
      <div class="thread-head">
        <button class="tool" aria-label=${texts.t('back')} title=${texts.t('back')} @click=${this.#back}>${icon('back')}</button>
        <div class="thread-who">
          <h2 class="thread-title">${texts.t(candidates ? 'add_members' : 'group_details')}</h2>
          <span class="thread-sub">${texts.t('members', { n: group.participant_count })}</span>
        </div>
        ${candidates
          ? nothing
          : html`<button class="button" part="add-members" @click=${() => this.#startAdding()}>${icon('plus')}${texts.t('add')}</button>`}
      </div>
      ${candidates ? nothing : this.#naming(group)}
      <div class="search">
        ${icon('search')}
        <input
          type="search"
          placeholder=${texts.t('search_people')}
          aria-label=${texts.t('search_people')}
          .value=${this.query}
          @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)}
        />
      </div>
      ${rows.length === 0
        ? emptyState('people', this.query === '' ? texts.t('all_in') : texts.t('nobody_found', { query: this.query }), '')
        : html`<tenant-chat-rows .rows=${rows} .label=${texts.t('people')}></tenant-chat-rows>`}
      <div class="group-foot">${candidates ? this.#addFoot() : this.#leaveFoot()}</div>
    `;
  }

  #naming(group: Conversation): TemplateResult | typeof nothing {
    const { texts } = this.ui;
    if (!mayManage(this.#role(group))) return nothing;
    return html`<form class="naming field-row" @submit=${(event: Event) => void this.#rename(event)}>
      <input class="field" name="title" required maxlength="120" aria-label=${texts.t('group_name_label')} .value=${group.title} />
      <button class="button" type="submit" ?disabled=${this.busy}>${texts.t('rename')}</button>
    </form>`;
  }

  /** Mine: the list of members knows first when somebody changes it. */
  #role(group: Conversation): Role | null {
    return this.members?.find((member) => member.id === this.state.me?.id)?.role ?? group.my_role;
  }

  #memberRows(group: Conversation): Row[] {
    const { texts } = this.ui;
    const me = this.state.me?.id;
    const all = this.members ?? group.participants;
    const rank = { owner: 0, admin: 1, member: 2 };
    return [...all]
      .filter((member) => matches(this.query, member.name, member.email))
      .sort(
        (a, b) =>
          rank[a.role ?? 'member'] - rank[b.role ?? 'member'] || texts.collator.compare(a.name || a.email, b.name || b.email),
      )
      .map((member) => ({ key: member.id, height: rowHeight, draw: () => this.#member(group, member, member.id === me) }));
  }

  #member(group: Conversation, member: Participant, isMe: boolean): TemplateResult {
    const { texts } = this.ui;
    const name = member.name || member.email;
    const role = member.role && member.role !== 'member' ? texts.t(`role_${member.role}`) : '';
    const online = isMe || (this.state.people.get(member.id)?.is_online ?? false);
    if (this.asking && this.asking.about !== 'leave' && this.asking.member.id === member.id) {
      return this.#question(this.asking.about, member, name);
    }
    const choices = isMe ? [] : this.#choices(group, member);
    return html`<div class="row-pair">
      <div class="row static" part="member" data-user-id=${member.id} data-role=${member.role ?? 'member'}>
        ${avatar(member.id, name, online, 'small')}
        <span class="row-text">
          <span class="row-line"><span class="row-title" dir="auto">${name}${isMe ? html` (${texts.t('you')})` : nothing}</span></span>
          <span class="row-line"><span class="row-preview">${role || member.email}</span></span>
        </span>
      </div>
      ${choices.length > 0
        ? html`<tenant-chat-menu data-roving .label=${texts.t('member_menu', { name })} .choices=${choices}></tenant-chat-menu>`
        : nothing}
    </div>`;
  }

  #question(about: 'remove' | 'owner', member: Participant, name: string): TemplateResult {
    const { texts } = this.ui;
    const [text, yes] = about === 'remove' ? (['remove_member', 'remove'] as const) : (['owner_sure', 'owner_give'] as const);
    const act = about === 'remove' ? () => this.#remove(member.id) : () => this.#setRole(member, 'owner');
    return html`<div class="row-pair ask" role="alertdialog" aria-label=${texts.t(text, { name })}>
      <span class="ask-text">${texts.t(text, { name })}</span>
      <button class="button danger small" data-row @click=${() => void act()}>${texts.t(yes)}</button>
      <button class="button small" @click=${() => (this.asking = null)}>${texts.t('cancel')}</button>
    </div>`;
  }

  #choices(group: Conversation, member: Participant): Choice[] {
    const { texts } = this.ui;
    const choices: Choice[] = [];
    if (this.#role(group) === 'owner') {
      const admin = member.role === 'admin';
      choices.push(
        { name: 'owner', icon: 'crown', text: texts.t('role_owner_give'), act: () => (this.asking = { about: 'owner', member }) },
        {
          name: 'admin',
          icon: 'shield',
          text: texts.t(admin ? 'role_admin_take' : 'role_admin_give'),
          act: () => void this.#setRole(member, admin ? 'member' : 'admin'),
        },
      );
    }
    if (mayManage(this.#role(group)) && member.role !== 'owner') {
      choices.push({ name: 'remove', icon: 'minus', text: texts.t('remove_from_group'), act: () => (this.asking = { about: 'remove', member }) });
    }
    return choices;
  }

  #candidates(group: Conversation): Row[] {
    const { texts } = this.ui;
    const present = new Set((this.members ?? group.participants).map((member) => member.id));
    return [...this.state.people.values()]
      .filter((person) => !present.has(person.id) && matches(this.query, person.name, person.email))
      .sort((a, b) => texts.collator.compare(a.name || a.email, b.name || b.email))
      .map((person) => ({
        key: person.id,
        height: rowHeight,
        draw: () => {
          const name = person.name || person.email;
          return html`<label class="row-pair ${this.ticked.has(person.id) ? 'ticked' : ''}">
            <span class="row static">
              ${avatar(person.id, name, person.is_online, 'small')}
              <span class="row-text"><span class="row-line"><span class="row-title" dir="auto">${name}</span></span></span>
            </span>
            <span class="tick">
              <input
                type="checkbox"
                data-row
                aria-label=${texts.t('select', { name })}
                .checked=${this.ticked.has(person.id)}
                @change=${() => this.#tick(person.id)}
              />
              <span aria-hidden="true">${icon('check')}</span>
            </span>
          </label>`;
        },
      }));
  }

  #addFoot(): TemplateResult {
    const { texts } = this.ui;
    return html`<button class="button primary" ?disabled=${this.busy || this.ticked.size === 0} @click=${() => void this.#add()}>
      ${this.ticked.size === 0 ? texts.t('add_members') : texts.t('add_n', { n: this.ticked.size })}
    </button>`;
  }

  #leaveFoot(): TemplateResult {
    const { texts } = this.ui;
    if (this.asking?.about === 'leave') {
      return html`<span class="ask-text">${texts.t('leave_sure')}</span>
        <button class="button danger small" ?disabled=${this.busy} @click=${() => void this.#leave()}>${texts.t('leave')}</button>
        <button class="button small" @click=${() => (this.asking = null)}>${texts.t('cancel')}</button>`;
    }
    return html`<button class="button danger" part="leave" @click=${() => (this.asking = { about: 'leave' })}>${icon('leave')}${texts.t('leave_group')}</button>`;
  }

  readonly #back = (): void => {
    if (this.adding) {
      this.adding = false;
      this.query = '';
    } else {
      this.dispatchEvent(new CustomEvent('done'));
    }
  };

  #startAdding(): void {
    this.adding = true;
    this.ticked = new Set();
    this.query = '';
    this.asking = null;
  }

  #tick(id: string): void {
    const ticked = new Set(this.ticked);
    if (!ticked.delete(id)) ticked.add(id);
    this.ticked = ticked;
  }

  async #load(): Promise<void> {
    const id = this.conversationId;
    const members = await this.ui.chat.groups.members(id).catch(() => null);
    if (this.conversationId === id) this.members = members;
  }

  async #rename(event: Event): Promise<void> {
    event.preventDefault();
    const title = String(new FormData(event.target as HTMLFormElement).get('title')).trim();
    if (title === '') return;
    await this.#act(() => this.ui.chat.groups.rename(this.conversationId, title));
  }

  async #add(): Promise<void> {
    const done = await this.#act(() => this.ui.chat.groups.add(this.conversationId, [...this.ticked]));
    if (!done) return;
    this.adding = false;
    this.query = '';
    await this.#load();
  }

  async #remove(id: string): Promise<void> {
    this.asking = null;
    if (await this.#act(() => this.ui.chat.groups.remove(this.conversationId, id))) await this.#load();
  }

  async #setRole(member: Participant, role: Role): Promise<void> {
    this.asking = null;
    if (await this.#act(() => this.ui.chat.groups.setRole(this.conversationId, member.id, role))) await this.#load();
  }

  async #leave(): Promise<void> {
    const me = this.state.me?.id ?? '';
    if (await this.#act(() => this.ui.chat.groups.remove(this.conversationId, me))) this.dispatchEvent(new CustomEvent('done'));
  }

  async #act(what: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    try {
      await what();
      return true;
    } catch {
      this.ui.tell(this.ui.texts.t('action_failed'));
      return false;
    } finally {
      this.busy = false;
    }
  }
}

function mayManage(role: Role | null): boolean {
  return role === 'owner' || role === 'admin';
}

/** Whether the group itself changed, its members or their roles perhaps, and not only what was said and read in it. */
function aboutItself(before: Conversation | undefined, now: Conversation | undefined): boolean {
  if (!before || !now || before === now) return false;
  return before.last_seq === now.last_seq && before.last_read_seq === now.last_read_seq;
}
