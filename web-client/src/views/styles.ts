import { bubbles } from './styles/bubbles.ts';
import { colours } from './styles/colours.ts';
import { composer } from './styles/composer.ts';
import { controls } from './styles/controls.ts';
import { avatars } from './styles/avatars.ts';
import { files } from './styles/files.ts';
import { layout } from './styles/layout.ts';
import { groups } from './styles/groups.ts';
import { header } from './styles/header.ts';
import { lists } from './styles/lists.ts';
import { menus } from './styles/menus.ts';
import { preferences } from './styles/preferences.ts';
import { thread } from './styles/thread.ts';

/**
 * The style sheet of the shadow root. It is constructed in script, so that a content security policy needs no
 * `unsafe-inline`. The host page can change the `--tenant-chat-*` properties only.
 */
export const styles = [
  colours,
  layout,
  header,
  lists,
  controls,
  avatars,
  groups,
  thread,
  bubbles,
  composer,
  menus,
  files,
  preferences,
];
