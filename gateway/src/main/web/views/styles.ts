import { colours } from './styles/colours.ts';
import { extras } from './styles/extras.ts';
import { frame } from './styles/frame.ts';
import { lists } from './styles/lists.ts';
import { talk } from './styles/talk.ts';

/**
 * One constructed style sheet for everything inside the shadow root: no `style` element, so a policy without
 * `unsafe-inline` is enough. The host page sets the `--tenant-chat-*` properties; nothing else of it comes through.
 */
export const styles = [colours, frame, lists, talk, extras];
