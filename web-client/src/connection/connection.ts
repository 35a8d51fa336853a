import type { ClientFrame, ServerConnectedFrame, ServerFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import {
  timerAt,
  transition,
  type Command,
  type ConnectionEvent,
  type ConnectionState,
  type Renewal,
} from './connection-state.ts';

/** The members of a WebSocket that the connection uses. */
export interface Socket {
  send(data: string): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface ConnectionCallbacks {
  /** Opens a socket that resumes after that event. Rejects if no socket can be opened at all. */
  openSocket(lastEventId: string | null): Promise<Socket>;
  /** Gets new credentials after the gateway closed the socket because the old ones expired. */
  renewCredentials(): Promise<Renewal>;
  /** Whether the socket belongs to the person of this page. If not, none of its frames is used. */
  isMine(connected: ServerConnectedFrame): boolean;
  /** Called for every frame, in order. `fresh`: the socket did not resume, so everything must be loaded. */
  onFrame(frame: ServerFrame, fresh: boolean): void;
  onStateChange(state: ConnectionState): void;
}

/** Executes the commands of `connection-state.ts`. It holds the one socket, the one timer and the resume position. */
export class Connection {
  #state: ConnectionState = { kind: 'stopped' };
  #socket: Socket | null = null;
  #cancelTimer: (() => void) | null = null;
  #lastEventId: string | null = null;
  #connectedEventId: string | null = null;
  #resumeFailed = false;
  #attempt = 0;

  constructor(
    private readonly callbacks: ConnectionCallbacks,
    private readonly clock: Clock,
  ) {}

  get state(): ConnectionState {
    return this.#state;
  }

  dispatch(event: ConnectionEvent): void {
    const moment = { now: this.clock.now(), random: this.clock.random() };
    const [state, commands] = transition(this.#state, event, moment);
    const changed = state !== this.#state;
    this.#state = state;
    for (const command of commands) this.#execute(command);
    this.#scheduleTimer();
    if (changed) this.callbacks.onStateChange(state);
  }

  /** Returns false if the connection is not live; the frame is then not sent. */
  send(frame: ClientFrame): boolean {
    if (this.#state.kind !== 'live' || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Requires an answer within a few seconds. Without one the socket is dead, and a new one is opened. */
  probe(): void {
    this.dispatch({ type: 'probe' });
  }

  #execute(command: Command): void {
    switch (command) {
      case 'open':
        void this.#open();
        break;
      case 'close':
        this.#closeSocket();
        break;
      case 'ping':
        this.send({ type: 'ping' });
        break;
      case 'renew':
        this.#closeSocket();
        void this.callbacks
          .renewCredentials()
          .then((outcome) => this.dispatch({ type: 'credentials_renewed', outcome }));
        break;
    }
  }

  async #open(): Promise<void> {
    this.#closeSocket();
    const resumeAfter = this.#lastEventId;
    const attempt = this.#attempt;
    let socket: Socket;
    try {
      socket = await this.callbacks.openSocket(resumeAfter);
    } catch {
      if (this.#attempt === attempt) this.dispatch({ type: 'closed', code: 1006 });
      return;
    }
    if (this.#state.kind !== 'connecting' || this.#attempt !== attempt) {
      socket.close();
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(String(event.data), resumeAfter);
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.dispatch({ type: 'closed', code: event.code });
    };
  }

  #receive(data: string, resumeAfter: string | null): void {
    const frame = parse(data);
    if (!frame) return;
    const id = 'event_id' in frame ? (frame.event_id ?? null) : null;
    const fresh = resumeAfter === null;
    if (frame.type === 'connected') {
      if (!this.callbacks.isMine(frame)) return;
      this.dispatch({ type: 'connected', pingIntervalS: frame.ping_interval_s });
      this.#connectedEventId = id;
      // The gateway resumed only if its position is the requested one. Any other position means that events are lost.
      this.#resumeFailed = !fresh && id !== resumeAfter;
    } else {
      this.dispatch({ type: 'frame_received' });
      if (frame.type === 'resync' && this.#isReported(id)) return;
    }
    this.callbacks.onFrame(frame, fresh);
    if (frame.type === 'connected' && this.#resumeFailed) this.callbacks.onFrame({ type: 'resync' }, fresh);
    this.#saveResumePosition(frame.type, id, fresh || this.#resumeFailed);
  }

  /** Whether a resync at that position was already reported when the socket connected. */
  #isReported(id: string | null): boolean {
    return this.#resumeFailed && (id ?? this.#connectedEventId) === this.#connectedEventId;
  }

  /** Runs after the frame was applied, so that the gateway sends a frame again that could not be applied. */
  #saveResumePosition(type: string, id: string | null, startsOver: boolean): void {
    if (type === 'connected') {
      if (startsOver) this.#lastEventId = id;
    } else if (type === 'resync') {
      this.#lastEventId = id ?? this.#connectedEventId;
    } else if (id !== null) {
      this.#lastEventId = id;
    }
  }

  #closeSocket(): void {
    this.#attempt++;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #scheduleTimer(): void {
    this.#cancelTimer?.();
    const at = timerAt(this.#state);
    const delay = at === null ? null : Math.max(0, at - this.clock.now());
    this.#cancelTimer = delay === null ? null : this.clock.after(delay, () => this.dispatch({ type: 'timer_fired' }));
  }
}

function parse(data: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}

/**
 * Opens a WebSocket to the gateway. A browser cannot set headers, so that the token travels as a sub-protocol. With the
 * credentials of anyone but `personId` the gateway closes it.
 */
export function openSocket(base: string, personId: string, lastEventId: string | null, token: string | null): Socket {
  const url = new URL(`${base}/ws/chat/`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('user_id', personId);
  if (lastEventId !== null) url.searchParams.set('last_event_id', lastEventId);
  if (token === null) return new WebSocket(url) as unknown as Socket;
  const header = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${token}`);
  return new WebSocket(url, ['chat.v1', 'bearer-token-carrier', header]) as unknown as Socket;
}
