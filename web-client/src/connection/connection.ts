import type { ClientFrame, ServerFrame } from '../api/wire.ts';
import type { Clock } from '../clock.ts';
import { dueAt, next, type Happening, type Life, type Order } from './life.ts';

/** As much of a WebSocket as we use. */
export interface Socket {
  send(data: string): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface Outside {
  /** Opens a socket that resumes after that event; rejects where not even that is possible. */
  open(lastEventId: string | null): Promise<Socket>;
  /** New credentials after the gateway said that the old ones ended. */
  renew(): Promise<'fresh' | 'unreachable' | 'refused'>;
  /** Every frame, in order. `fresh` on `connected`: nothing was resumed, load what there is. */
  heard(frame: ServerFrame, fresh: boolean): void;
  changed(life: Life): void;
}

/** Carries out what `life.ts` decides: one socket at a time, one timer, and the last event id. */
export class Connection {
  #life: Life = { is: 'stopped' };
  #socket: Socket | null = null;
  #disarm: (() => void) | null = null;
  #lastEventId: string | null = null;
  #greetedAt: string | null = null;
  #startedOver = false;
  #attempt = 0;

  constructor(
    private readonly outside: Outside,
    private readonly clock: Clock,
  ) {}

  get life(): Life {
    return this.#life;
  }

  happen(happening: Happening): void {
    const [life, orders] = next(this.#life, happening, { now: this.clock.now(), random: this.clock.random() });
    const changed = life !== this.#life;
    this.#life = life;
    for (const order of orders) this.#carryOut(order);
    this.#arm();
    if (changed) this.outside.changed(life);
  }

  /** False when there is no live connection to say it on. */
  say(frame: ClientFrame): boolean {
    if (this.#life.is !== 'live' || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #carryOut(order: Order): void {
    switch (order) {
      case 'open':
        void this.#open();
        break;
      case 'close':
        this.#drop();
        break;
      case 'ping':
        this.say({ type: 'ping' });
        break;
      case 'renew':
        this.#drop();
        void this.outside.renew().then((outcome) => this.happen({ what: 'renewed', outcome }));
        break;
    }
  }

  async #open(): Promise<void> {
    this.#drop();
    const resumed = this.#lastEventId;
    const attempt = this.#attempt;
    let socket: Socket;
    try {
      socket = await this.outside.open(resumed);
    } catch {
      if (this.#attempt === attempt) this.happen({ what: 'closed', code: 1006 });
      return;
    }
    if (this.#life.is !== 'connecting' || this.#attempt !== attempt) {
      socket.close();
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(String(event.data), resumed);
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.happen({ what: 'closed', code: event.code });
    };
  }

  #receive(data: string, resumed: string | null): void {
    const frame = parse(data);
    if (!frame) return;
    const id = 'event_id' in frame ? (frame.event_id ?? null) : null;
    const fresh = resumed === null;
    if (frame.type === 'connected') {
      this.happen({ what: 'connected', pingIntervalS: frame.ping_interval_s });
      this.#greetedAt = id;
      // Who takes us back greets us where we said that we stand; any other place means that we missed something.
      this.#startedOver = !fresh && id !== resumed;
    } else {
      this.happen({ what: 'heard' });
      if (frame.type === 'resync' && this.#startedOver && (id ?? this.#greetedAt) === this.#greetedAt) return;
    }
    this.outside.heard(frame, fresh);
    if (frame.type === 'connected' && this.#startedOver) this.outside.heard({ type: 'resync' }, fresh);
    this.#remember(frame.type, id, fresh || this.#startedOver);
  }

  /** After a frame was applied, so that what was not applied comes again. */
  #remember(type: string, id: string | null, anew: boolean): void {
    if (type === 'connected') {
      if (anew) this.#lastEventId = id;
    } else if (type === 'resync') {
      this.#lastEventId = id ?? this.#greetedAt;
    } else if (id !== null) {
      this.#lastEventId = id;
    }
  }

  #drop(): void {
    this.#attempt++;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #arm(): void {
    this.#disarm?.();
    const at = dueAt(this.#life);
    this.#disarm =
      at === null ? null : this.clock.after(Math.max(0, at - this.clock.now()), () => this.happen({ what: 'due' }));
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

const carrierProtocol = 'bearer-token-carrier';

/** The gateway's socket from a browser; a token travels in the sub-protocol, never in the address. */
export function openSocket(base: string, lastEventId: string | null, token: string | null): Socket {
  const url = new URL(`${base}/ws/chat/`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (lastEventId !== null) url.searchParams.set('last_event_id', lastEventId);
  if (token === null) return new WebSocket(url) as unknown as Socket;
  const header = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${token}`);
  return new WebSocket(url, ['chat.v1', carrierProtocol, header]) as unknown as Socket;
}
