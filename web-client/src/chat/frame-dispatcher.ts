import type { Api } from '../api/client.ts';
import type { ServerErrorFrame, ServerFrame, ServerNotificationFrame } from '../api/wire.ts';
import type { Store } from '../state/store.ts';
import { applyFrame, type StateFrame } from './frames.ts';
import type { History } from './history.ts';
import type { IncomingMessages } from './incoming-messages.ts';
import type { ListLoader } from './list-loader.ts';
import type { TypingSignals } from './typing-signals.ts';

export interface FrameCallbacks {
  /** Events were missed: all lists and the open thread must be loaded again. */
  reload(): void;
  /** The gateway refused a frame of this client, for instance a message. */
  onError(frame: ServerErrorFrame): void;
  onNotification(frame: ServerNotificationFrame): void;
}

/** Passes each frame from the gateway to the object that handles its type. */
export class FrameDispatcher {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly incoming: IncomingMessages,
    private readonly history: History,
    private readonly lists: ListLoader,
    private readonly typing: TypingSignals,
    private readonly callbacks: FrameCallbacks,
  ) {}

  /** `fresh`: the connection did not resume, so that missed events are not sent again. */
  dispatch(frame: ServerFrame, fresh: boolean): void {
    switch (frame.type) {
      case 'connected':
        this.api.session = frame.session_id;
        if (fresh) this.callbacks.reload();
        return;
      case 'resync':
        this.history.invalidate(this.store.state.screen.conversationId);
        this.callbacks.reload();
        return;
      case 'message_created':
      case 'ack':
        this.incoming.receive([frame.message]);
        return;
      case 'error':
        this.callbacks.onError(frame);
        return;
      case 'presence':
        this.lists.receivePresence(frame);
        return;
      case 'typing':
        this.typing.receive(frame.conversation_id, frame.user_id, frame.user_name);
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
        // Frames of unknown types come from a newer gateway and are ignored.
        if (isNotification(frame)) this.callbacks.onNotification(frame);
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
