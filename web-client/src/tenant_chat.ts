import { TenantChat } from './element/tenant-chat.ts';
import { AddMembers } from './views/add-members.ts';
import { Chats } from './views/chats.ts';
import { Composer } from './views/composer.ts';
import { Picture } from './views/files.ts';
import { Group } from './views/group.ts';
import { Lightbox } from './views/lightbox.ts';
import { Menu } from './views/menu.ts';
import { Messages } from './views/messages.ts';
import { Panel } from './views/panel.ts';
import { People } from './views/people.ts';
import { RowList } from './views/rows.ts';
import { ThreadView } from './views/thread.ts';

/** The one script a host page loads. Loading it twice does no harm. */
const elements: Record<string, CustomElementConstructor> = {
  'tenant-chat-rows': RowList,
  'tenant-chat-menu': Menu,
  'tenant-chat-picture': Picture,
  'tenant-chat-lightbox': Lightbox,
  'tenant-chat-add-members': AddMembers,
  'tenant-chat-group': Group,
  'tenant-chat-list': Chats,
  'tenant-chat-people': People,
  'tenant-chat-messages': Messages,
  'tenant-chat-composer': Composer,
  'tenant-chat-thread': ThreadView,
  'tenant-chat-panel': Panel,
  'tenant-chat': TenantChat,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
