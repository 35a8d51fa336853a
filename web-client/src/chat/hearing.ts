import type { Api } from '../api/client.ts';
import type { ServerErrorFrame, ServerFrame, ServerNotificationFrame } from '../api/wire.ts';
import { applyPresence } from '../state/people.ts';
import type { Store } from '../state/store.ts';
import type { Arrivals } from './arrivals.ts';
import { applyFrame, type StateFrame } from './frames.ts';
import type { History } from './history.ts';
import type { Lists } from './lists.ts';
import type { Typing } from './typing.ts';

export interface HearingOutside {
  /** What is here cannot be trusted to be all: everything is to be fetched anew. */
  reload(): void;
  /** One of my messages was not taken, or something else that was said. */
  refused(frame: ServerErrorFrame): void;
  notification(frame: ServerNotificationFrame): void;
}

/** What each frame of the gateway's means, and whom it concerns. */
export class Hearing {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly arrivals: Arrivals,
    private readonly history: History,
    private readonly lists: Lists,
    private readonly typing: Typing,
    private readonly outside: HearingOutside,
  ) {}

  /** `fresh`: nothing that was missed meanwhile will follow. */
  hear(frame: ServerFrame, fresh: boolean): void {
    switch (frame.type) {
      case 'connected':
        this.api.session = frame.session_id;
        if (fresh) this.outside.reload();
        return;
      case 'resync':
        this.history.distrust(this.store.state.screen.conversationId);
        this.outside.reload();
        return;
      case 'message_created':
      case 'ack':
        this.arrivals.arrived([frame.message]);
        return;
      case 'error':
        this.outside.refused(frame);
        return;
      case 'presence':
        this.store.update((state) => applyPresence(state, frame.user_id, frame.is_online, frame.last_seen ?? null));
        if (!this.store.state.people.has(frame.user_id)) void this.lists.reloadPeople();
        return;
      case 'typing':
        this.typing.heard(frame.conversation_id, frame.user_id, frame.user_name);
        return;
      case 'pong':
        return;
      case 'message_status':
      case 'conversation_created':
      case 'conversation_updated':
      case 'participant_added':
      case 'participant_removed':
        this.#apply(frame);
        return;
      default:
        // A frame of a type that a newer gateway sends is ignored.
        if (isNotification(frame)) this.outside.notification(frame);
    }
  }

  #apply(frame: StateFrame): void {
    const { state, refresh } = applyFrame(this.store.state, frame);
    this.store.update(() => state);
    for (const id of refresh) void this.lists.refresh(id);
  }
}

function isNotification(frame: { type: string }): frame is ServerNotificationFrame {
  return frame.type.startsWith('notification_');
}
