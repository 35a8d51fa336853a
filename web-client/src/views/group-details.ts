import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Conversation, Participant, Role } from '../api/wire.ts';
import type { ChatState } from '../state/model.ts';
import { icon } from './icons.ts';
import { mayManage, memberConfirmation, memberMenu, memberRow, type MemberActions } from './member-row.ts';
import type { MenuItem } from './menu.ts';
import { emptyState, searchField } from './shared-templates.ts';
import type { ListRow, VirtualList } from './virtual-list.ts';
import { matches } from './search.ts';
import { View } from './view.ts';

const rowHeight = 56;

type Confirmation = { about: 'remove' | 'owner'; member: Participant } | { about: 'leave' };

/** The details of a group: its title, its members with their roles, and leaving it. */
export class GroupDetails extends View {
  static override properties = {
    ...View.properties,
    conversationId: {},
    members: { state: true },
    query: { state: true },
    adding: { state: true },
    confirmation: { state: true },
    busy: { state: true },
  };
  declare conversationId: string;
  /** All members once they are loaded; the conversation itself has only the first hundred. */
  declare members: readonly Participant[] | null;
  declare query: string;
  declare adding: boolean;
  /** The action that waits for a confirmation. */
  declare confirmation: Confirmation | null;
  declare busy: boolean;
  #previous: Conversation | undefined;
  #loads = 0;

  constructor() {
    super();
    this.conversationId = '';
    this.members = null;
    this.query = '';
    this.adding = false;
    this.confirmation = null;
    this.busy = false;
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    return [state.conversations.get(this.conversationId), state.people, state.me];
  }

  protected override willUpdate(changed: PropertyValues): void {
    const group = this.state.conversations.get(this.conversationId);
    if (changed.has('conversationId')) this.members = null;
    if (changed.has('conversationId') || groupChanged(this.#previous, group)) void this.#load();
    this.#previous = group;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('button')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts } = this.ui;
    const group = this.state.conversations.get(this.conversationId);
    if (!group) return nothing;
    const all = this.members ?? group.participants;
    if (this.adding) {
      const present = new Set(all.map((member) => member.id));
      return html`<tenant-chat-add-members
        .ui=${this.ui}
        .conversationId=${group.id}
        .memberIds=${present}
        @done=${this.#added}
      ></tenant-chat-add-members>`;
    }
    const rows = this.#rows(group, all);
    return html`
      <div class="thread-head">
        <button class="tool" aria-label=${texts.t('back')} title=${texts.t('back')} @click=${this.#back}>
          ${icon('back')}
        </button>
        <div class="thread-who">
          <h2 class="thread-title">${texts.t('group_details')}</h2>
          <span class="thread-sub">${texts.t('members', { n: group.participant_count })}</span>
        </div>
        <button class="button" part="add-members" @click=${this.#add}>${icon('plus')}${texts.t('add')}</button>
      </div>
      ${this.#titleForm(group)} ${searchField(texts.t('search_people'), this.query, (query) => (this.query = query))}
      ${
        rows.length === 0
          ? emptyState('search', texts.t('nobody_found', { query: this.query }), '')
          : html`<tenant-chat-virtual-list .rows=${rows} .label=${texts.t('people')}></tenant-chat-virtual-list>`
      }
      <div class="group-foot">${this.#footer()}</div>
    `;
  }

  #titleForm(group: Conversation): TemplateResult | typeof nothing {
    const { texts } = this.ui;
    if (!mayManage(this.#role(group))) return nothing;
    return html`<form class="naming field-row" @submit=${(event: Event) => void this.#rename(event)}>
      <input
        class="field"
        name="title"
        maxlength="255"
        aria-label=${texts.t('group_name_label')}
        .value=${group.title}
      />
      <button class="button" type="submit" ?disabled=${this.busy}>${texts.t('rename')}</button>
    </form>`;
  }

  /** The role of this person. The loaded members are newer than the conversation. */
  #role(group: Conversation): Role | null {
    return this.members?.find((member) => member.id === this.state.me?.id)?.role ?? group.my_role;
  }

  #rows(group: Conversation, all: readonly Participant[]): ListRow[] {
    const { texts } = this.ui;
    const me = this.state.me?.id;
    const rank = { owner: 0, admin: 1, member: 2 };
    return [...all]
      .filter((member) => matches(this.query, member.name, member.email))
      .sort((a, b) => rank[a.role] - rank[b.role] || texts.collator.compare(a.name || a.email, b.name || b.email))
      .map((member) => {
        const items = member.id === me ? [] : memberMenu(texts, this.#role(group), member, this.#actions(member));
        return {
          key: member.id,
          height: rowHeight,
          unfocusable: items.length === 0,
          render: () => this.#row(member, items),
        };
      });
  }

  #row(member: Participant, items: readonly MenuItem[]): TemplateResult {
    const { texts } = this.ui;
    const { confirmation } = this;
    if (confirmation && confirmation.about !== 'leave' && confirmation.member.id === member.id) {
      const { about } = confirmation;
      const confirm = (): void => void (about === 'remove' ? this.#remove(member.id) : this.#setRole(member, 'owner'));
      const button = `[data-key="${CSS.escape(member.id)}"] tenant-chat-menu button`;
      return memberConfirmation(texts, about, member, confirm, () => this.#cancelConfirmation(button));
    }
    const isMe = member.id === this.state.me?.id;
    const online = isMe || (this.state.people.get(member.id)?.is_online ?? false);
    return memberRow(texts, { member, isMe, online, items });
  }

  #actions(member: Participant): MemberActions {
    return {
      setRole: (role) => void this.#setRole(member, role),
      confirmOwner: () => this.#confirm({ about: 'owner', member }),
      confirmRemoval: () => this.#confirm({ about: 'remove', member }),
    };
  }

  #footer(): TemplateResult {
    const { texts } = this.ui;
    if (this.confirmation?.about === 'leave') {
      return html`<span class="ask-text">${texts.t('leave_sure')}</span>
        <button class="button danger small" ?disabled=${this.busy} @click=${() => void this.#leave()}>
          ${texts.t('leave')}
        </button>
        <button class="button small" @click=${() => this.#cancelConfirmation('[part=leave]')}>
          ${texts.t('cancel')}
        </button>`;
    }
    return html`<button class="button danger" part="leave" @click=${() => this.#confirm({ about: 'leave' })}>
      ${icon('leave')}${texts.t('leave_group')}
    </button>`;
  }

  #confirm(question: Confirmation): void {
    this.confirmation = question;
    this.#focusOn('.ask-text + button');
  }

  #cancelConfirmation(focus: string): void {
    this.confirmation = null;
    this.#focusOn(focus);
  }

  readonly #back = (): void => void this.dispatchEvent(new CustomEvent('done'));

  readonly #add = (): void => {
    this.adding = true;
    this.confirmation = null;
  };

  readonly #added = (): void => {
    this.adding = false;
    void this.#load();
    this.#focusOn('[part=add-members]');
  };

  async #load(): Promise<void> {
    // An answer that arrives after a later request was sent may be older than the last change.
    const load = ++this.#loads;
    const members = await this.ui.chat.groups.members(this.conversationId).catch(() => null);
    if (load === this.#loads) this.members = members;
  }

  async #rename(event: Event): Promise<void> {
    event.preventDefault();
    const title = new FormData(event.target as HTMLFormElement).get('title');
    if (typeof title !== 'string') return;
    await this.#run(() => this.ui.chat.groups.rename(this.conversationId, title.trim()));
  }

  async #remove(id: string): Promise<void> {
    await this.#changeMembers(() => this.ui.chat.groups.remove(this.conversationId, id));
  }

  async #setRole(member: Participant, role: Role): Promise<void> {
    await this.#changeMembers(() => this.ui.chat.groups.setRole(this.conversationId, member.id, role));
  }

  async #changeMembers(action: () => Promise<unknown>): Promise<void> {
    if (this.confirmation) this.#cancelConfirmation('[part=add-members]');
    if (await this.#run(action)) await this.#load();
  }

  async #leave(): Promise<void> {
    const me = this.state.me?.id ?? '';
    if (await this.#run(() => this.ui.chat.groups.remove(this.conversationId, me)))
      this.dispatchEvent(new CustomEvent('done'));
  }

  async #run(action: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    const done = await this.tryAction(action);
    this.busy = false;
    return done;
  }

  /** Moves the focus after the focused element was removed. */
  #focusOn(selector: string): void {
    void this.updateComplete
      .then(() => this.querySelector<VirtualList>('tenant-chat-virtual-list')?.updateComplete)
      .then(() => this.querySelector<HTMLElement>(selector)?.focus());
  }
}

/** Whether the title, the members or their roles may have changed, and not only messages and read positions. */
function groupChanged(before: Conversation | undefined, now: Conversation | undefined): boolean {
  if (!before || !now || before === now) return false;
  return before.last_seq === now.last_seq && before.last_read_seq === now.last_read_seq;
}
