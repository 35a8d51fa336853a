/**
 * The states of the connection to the gateway and the transitions between them. The functions are pure: the time and
 * a random number are parameters, and the necessary actions are returned as commands. `Connection` executes the commands.
 */
export type ConnectionState =
  | { kind: 'stopped' }
  | { kind: 'connecting'; failures: number; since: number; pollingWorks: boolean }
  | {
      kind: 'live';
      connectedAt: number;
      lastFrameAt: number;
      lastPingAt: number;
      pingIntervalMs: number;
      /** When the socket counts as dead unless a frame arrives before; null while no answer is expected. */
      answerBy: number | null;
    }
  | { kind: 'waiting'; failures: number; until: number; pollingWorks: boolean }
  | { kind: 'renewing'; failures: number; pollingWorks: boolean }
  | { kind: 'offline' }
  | { kind: 'ended'; reason: 'signed_out' | 'no_tenant' };

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'connected'; pingIntervalS: number | undefined }
  | { type: 'frame_received' }
  | { type: 'closed'; code: number }
  | { type: 'credentials_renewed'; outcome: Renewal }
  | { type: 'polled'; ok: boolean }
  | { type: 'online' }
  | { type: 'offline' }
  | { type: 'foregrounded' }
  | { type: 'probe' }
  | { type: 'timer_fired' }
  | { type: 'stop' };

/** `refused`: the person is signed out. `unreachable`: the gateway or the token source did not answer. */
export type Renewal = 'fresh' | 'unreachable' | 'refused';

export type Command = 'open' | 'close' | 'ping' | 'renew';

export interface Moment {
  now: number;
  /** At least 0, less than 1. */
  random: number;
}

export type Transition = readonly [ConnectionState, readonly Command[]];

type State<K extends ConnectionState['kind']> = Extract<ConnectionState, { kind: K }>;

export const connectTimeoutMs = 10_000;
/** How long the answer to the regular ping may take. */
export const pongTimeoutMs = 15_000;
/**
 * How long the answer may take when the socket may have died in silence: after sleep, after a network change, and for a
 * message that was sent. A connection attempt of that age is then repeated too.
 */
export const probeTimeoutMs = 5_000;
/** A socket that received a frame so recently is alive. */
const recentMs = 1_000;
const defaultPingIntervalMs = 30_000;
const minBackoffMs = 1_000;
const maxBackoffMs = 30_000;
/** After this many failures in a row the chat polls over REST while it waits. */
export const failuresBeforePolling = 2;
/** A connection that lasted this long was healthy: the next failure counts as the first. */
const stableAfterMs = 5_000;

export function transition(state: ConnectionState, event: ConnectionEvent, moment: Moment): Transition {
  switch (event.type) {
    case 'start':
      return state.kind === 'stopped' || state.kind === 'ended' ? open(0, moment, false) : [state, []];
    case 'stop':
      return [{ kind: 'stopped' }, hasSocket(state) ? ['close'] : []];
    case 'connected':
      return state.kind === 'connecting' ? [live(moment, event.pingIntervalS), []] : [state, []];
    case 'frame_received':
      return state.kind === 'live' ? [{ ...state, lastFrameAt: moment.now, answerBy: null }, []] : [state, []];
    case 'closed':
      return hasSocket(state) ? onClosed(state, event.code, moment) : [state, []];
    case 'credentials_renewed':
      return state.kind === 'renewing' ? onRenewed(state, event.outcome, moment) : [state, []];
    case 'polled':
      return 'pollingWorks' in state ? [{ ...state, pollingWorks: event.ok }, []] : [state, []];
    case 'offline':
      if (state.kind === 'stopped' || state.kind === 'ended') return [state, []];
      return [{ kind: 'offline' }, hasSocket(state) ? ['close'] : []];
    case 'online':
      return state.kind === 'offline' ? open(0, moment, false) : onForegrounded(state, moment);
    case 'foregrounded':
      return onForegrounded(state, moment);
    case 'probe':
      return state.kind === 'live' ? probe(state, moment) : [state, []];
    case 'timer_fired':
      return onTimer(state, moment);
  }
}

/** When the state needs a `timer_fired` event; null if it does not depend on time. */
export function timerAt(state: ConnectionState): number | null {
  switch (state.kind) {
    case 'connecting':
      return state.since + connectTimeoutMs;
    case 'live':
      return Math.min(state.lastPingAt + state.pingIntervalMs, state.answerBy ?? Infinity);
    case 'waiting':
      return state.until;
    case 'stopped':
    case 'renewing':
    case 'offline':
    case 'ended':
      return null;
  }
}

/** Whether the chat must poll over REST, because the WebSocket failed repeatedly. */
export function isPolling(state: ConnectionState): boolean {
  return (state.kind === 'connecting' || state.kind === 'waiting') && state.failures >= failuresBeforePolling;
}

/** The connection status that the views show. */
export type ConnectionStatus = 'live' | 'opening' | 'reconnecting' | 'limited' | 'offline' | 'signed_out' | 'no_tenant';

export function connectionStatus(state: ConnectionState): ConnectionStatus {
  switch (state.kind) {
    case 'live':
      return 'live';
    case 'offline':
      return 'offline';
    case 'ended':
      return state.reason;
    case 'stopped':
      return 'opening';
    case 'connecting':
    case 'waiting':
    case 'renewing':
      if (state.pollingWorks && state.failures >= failuresBeforePolling) return 'limited';
      return state.failures === 0 ? 'opening' : 'reconnecting';
  }
}

/** Exponential backoff with jitter of 25 % in both directions. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(maxBackoffMs, minBackoffMs * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.75 + random / 2));
}

function open(failures: number, moment: Moment, pollingWorks: boolean): Transition {
  return [{ kind: 'connecting', failures, since: moment.now, pollingWorks }, ['open']];
}

function backOff(failures: number, moment: Moment, pollingWorks: boolean): State<'waiting'> {
  return { kind: 'waiting', failures, until: moment.now + backoffMs(failures, moment.random), pollingWorks };
}

function live(moment: Moment, pingIntervalS: number | undefined): State<'live'> {
  const pingIntervalMs = pingIntervalS ? pingIntervalS * 1000 : defaultPingIntervalMs;
  const { now } = moment;
  return { kind: 'live', connectedAt: now, lastFrameAt: now, lastPingAt: now, pingIntervalMs, answerBy: null };
}

/** Sends a ping, and requires its answer within the given time or earlier. */
function ping(state: State<'live'>, moment: Moment, timeoutMs: number): Transition {
  const answerBy = Math.min(state.answerBy ?? Infinity, moment.now + timeoutMs);
  return [{ ...state, lastPingAt: moment.now, answerBy }, ['ping']];
}

function probe(state: State<'live'>, moment: Moment): Transition {
  const pending = state.answerBy !== null && state.answerBy <= moment.now + probeTimeoutMs;
  return pending ? [state, []] : ping(state, moment, probeTimeoutMs);
}

function hasSocket(state: ConnectionState): state is State<'connecting' | 'live'> {
  return state.kind === 'connecting' || state.kind === 'live';
}

function onClosed(state: State<'connecting' | 'live'>, code: number, moment: Moment): Transition {
  const before = state.kind === 'connecting' ? state.failures : moment.now - state.connectedAt < stableAfterMs ? 1 : 0;
  const pollingWorks = state.kind === 'connecting' && state.pollingWorks;
  switch (code) {
    case 4401:
      return [{ kind: 'renewing', failures: before + 1, pollingWorks }, ['renew']];
    case 4403:
      return [{ kind: 'ended', reason: 'no_tenant' }, []];
    case 1001: {
      // The gateway drains: another instance is available, so that this is no failure.
      const until = moment.now + Math.round(moment.random * minBackoffMs);
      return [{ kind: 'waiting', failures: before + (state.kind === 'live' ? 0 : 1), until, pollingWorks }, []];
    }
    case 4429:
      return [{ kind: 'waiting', failures: before + 1, until: moment.now + maxBackoffMs, pollingWorks }, []];
    default:
      return [backOff(before + 1, moment, pollingWorks), []];
  }
}

function onRenewed(state: State<'renewing'>, outcome: Renewal, moment: Moment): Transition {
  const { failures, pollingWorks } = state;
  switch (outcome) {
    case 'fresh':
      return failures > 1 ? [backOff(failures, moment, pollingWorks), []] : open(failures, moment, pollingWorks);
    case 'unreachable':
      return [backOff(failures, moment, pollingWorks), []];
    case 'refused':
      return [{ kind: 'ended', reason: 'signed_out' }, []];
  }
}

/** The person may be back: reconnect now, or check a connection that may have died during sleep. */
function onForegrounded(state: ConnectionState, moment: Moment): Transition {
  switch (state.kind) {
    case 'waiting':
      return open(state.failures, moment, state.pollingWorks);
    case 'connecting':
      return moment.now - state.since < probeTimeoutMs ? [state, []] : open(state.failures, moment, state.pollingWorks);
    case 'live':
      return moment.now - state.lastFrameAt < recentMs ? [state, []] : probe(state, moment);
    case 'stopped':
    case 'renewing':
    case 'offline':
    case 'ended':
      return [state, []];
  }
}

function onTimer(state: ConnectionState, moment: Moment): Transition {
  const at = timerAt(state);
  if (at === null || moment.now < at) return [state, []];
  if (state.kind === 'waiting') return open(state.failures, moment, state.pollingWorks);
  if (state.kind === 'connecting') return [backOff(state.failures + 1, moment, state.pollingWorks), ['close']];
  if (state.kind !== 'live') return [state, []];
  // The socket died in silence. The network itself may work, so that a new connection is tried without a pause.
  if (state.answerBy !== null && moment.now >= state.answerBy) return open(1, moment, false);
  return ping(state, moment, pongTimeoutMs);
}
