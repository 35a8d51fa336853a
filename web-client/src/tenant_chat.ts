import { TenantChat } from './element/tenant-chat.ts';
import { AddMembers } from './views/add-members.ts';
import { ConversationList } from './views/conversation-list.ts';
import { Composer } from './views/composer.ts';
import { Picture } from './views/files.ts';
import { GroupDetails } from './views/group-details.ts';
import { Lightbox } from './views/lightbox.ts';
import { Menu } from './views/menu.ts';
import { MessageList } from './views/message-list.ts';
import { Panel } from './views/panel.ts';
import { PeopleList } from './views/people-list.ts';
import { VirtualList } from './views/virtual-list.ts';
import { ThreadView } from './views/thread.ts';

/** The script that host pages load. It registers all elements; loading it twice has no effect. */
const elements: Record<string, CustomElementConstructor> = {
  'tenant-chat-virtual-list': VirtualList,
  'tenant-chat-menu': Menu,
  'tenant-chat-picture': Picture,
  'tenant-chat-lightbox': Lightbox,
  'tenant-chat-add-members': AddMembers,
  'tenant-chat-group': GroupDetails,
  'tenant-chat-list': ConversationList,
  'tenant-chat-people': PeopleList,
  'tenant-chat-messages': MessageList,
  'tenant-chat-composer': Composer,
  'tenant-chat-thread': ThreadView,
  'tenant-chat-panel': Panel,
  'tenant-chat': TenantChat,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
