import { html, nothing, type TemplateResult } from 'lit';
import type { Participant, Role } from '../api/wire.ts';
import type { Texts } from '../i18n/texts.ts';
import { avatar } from './avatar.ts';
import type { MenuItem } from './menu.ts';
import { isolated } from '../i18n/bidi.ts';

/** The changes that the menu of a member offers. */
export interface MemberActions {
  setRole(role: Role): void;
  /** Asks for a confirmation before the ownership is handed over. */
  confirmOwner(): void;
  /** Asks for a confirmation before the member is removed. */
  confirmRemoval(): void;
}

export interface MemberRow {
  readonly member: Participant;
  readonly isMe: boolean;
  readonly online: boolean;
  readonly items: readonly MenuItem[];
}

export function mayManage(role: Role | null): boolean {
  return role === 'owner' || role === 'admin';
}

export function memberRow(texts: Texts, { member, isMe, online, items }: MemberRow): TemplateResult {
  const name = nameOf(member);
  const role = member.role !== 'member' ? texts.t(`role_${member.role}`) : '';
  const menu =
    items.length > 0
      ? html`<tenant-chat-menu
          data-roving
          .label=${texts.t('member_menu', { name })}
          .items=${items}
        ></tenant-chat-menu>`
      : nothing;
  return html`<div class="row-pair">
    <div class="row static" part="member" data-user-id=${member.id} data-role=${member.role}>
      ${avatar(member.id, name, online, 'small')}
      <span class="row-text">
        <span class="row-line"
          ><span class="row-title" dir="auto"
            >${isolated(name)}${isMe ? html` (${texts.t('you')})` : nothing}</span
          ></span
        >
        <span class="row-line"><span class="row-preview">${role || member.email}</span></span>
      </span>
    </div>
    ${menu}
  </div>`;
}

/** The row of a member while the person is asked for a confirmation. */
export function memberConfirmation(
  texts: Texts,
  about: 'remove' | 'owner',
  member: Participant,
  confirm: () => void,
  cancel: () => void,
): TemplateResult {
  const question = texts.t(about === 'remove' ? 'remove_member' : 'owner_sure', { name: nameOf(member) });
  return html`<div class="row-pair ask" role="alertdialog" aria-label=${question}>
    <span class="ask-text">${question}</span>
    <button class="button danger small" data-row @click=${confirm}>
      ${texts.t(about === 'remove' ? 'remove' : 'owner_give')}
    </button>
    <button class="button small" @click=${cancel}>${texts.t('cancel')}</button>
  </div>`;
}

/** The items that a person with `myRole` has in the menu of another member. */
export function memberMenu(texts: Texts, myRole: Role | null, member: Participant, actions: MemberActions): MenuItem[] {
  const items: MenuItem[] = [];
  if (myRole === 'owner') {
    const admin = member.role === 'admin';
    items.push(
      { name: 'owner', icon: 'crown', text: texts.t('role_owner_give'), run: () => actions.confirmOwner() },
      {
        name: 'admin',
        icon: 'shield',
        text: texts.t(admin ? 'role_admin_take' : 'role_admin_give'),
        run: () => actions.setRole(admin ? 'member' : 'admin'),
      },
    );
  }
  if (mayManage(myRole) && member.role !== 'owner') {
    const run = (): void => actions.confirmRemoval();
    items.push({ name: 'remove', icon: 'minus', text: texts.t('remove_from_group'), run });
  }
  return items;
}

function nameOf(member: Participant): string {
  return member.name || member.email;
}
