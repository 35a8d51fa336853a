/**
 * The life of the connection to the gateway, as states and the only ways between them. Pure: what time it is and
 * what chance says are handed in, what is to be done comes out as orders. `Connection` carries them out.
 */
export type Life =
  | { is: 'stopped' }
  | { is: 'connecting'; failures: number; since: number; polled: boolean }
  | { is: 'live'; heardAt: number; pingedAt: number; pingEveryMs: number; liveSince: number }
  | { is: 'waiting'; failures: number; until: number; polled: boolean }
  | { is: 'renewing'; failures: number; polled: boolean }
  | { is: 'offline' }
  | { is: 'ended'; why: 'signed_out' | 'no_tenant' };

export type Happening =
  | { what: 'start' }
  | { what: 'connected'; pingIntervalS: number | undefined }
  | { what: 'heard' }
  | { what: 'closed'; code: number }
  | { what: 'renewed'; outcome: 'fresh' | 'unreachable' | 'refused' }
  | { what: 'polled'; ok: boolean }
  | { what: 'online' }
  | { what: 'offline' }
  | { what: 'woken' }
  | { what: 'due' }
  | { what: 'stop' };

export type Order = 'open' | 'close' | 'ping' | 'renew';

export interface Moment {
  now: number;
  /** From 0 up to 1. */
  random: number;
}

export type Step = readonly [Life, readonly Order[]];

export const openingLimitMs = 10_000;
export const silenceLimitMs = 90_000;
const pingDefaultMs = 30_000;
const backoffFirstMs = 1_000;
const backoffLongestMs = 30_000;
/** From this many failures in a row on, the chat polls instead of only waiting. */
export const failuresBeforePolling = 2;
/** A connection that lived this long had nothing wrong with it: the next failure starts counting anew. */
const soundAfterMs = 5_000;

export function next(life: Life, happening: Happening, moment: Moment): Step {
  switch (happening.what) {
    case 'start':
      return life.is === 'stopped' || life.is === 'ended' ? [connecting(0, moment, false), ['open']] : [life, []];
    case 'stop':
      return [{ is: 'stopped' }, hasSocket(life) ? ['close'] : []];
    case 'connected':
      return life.is === 'connecting' ? [live(moment, happening.pingIntervalS), []] : [life, []];
    case 'heard':
      return life.is === 'live' ? [{ ...life, heardAt: moment.now }, []] : [life, []];
    case 'closed':
      return hasSocket(life) ? closed(life, happening.code, moment) : [life, []];
    case 'renewed':
      return life.is === 'renewing' ? renewed(life, happening.outcome, moment) : [life, []];
    case 'polled':
      return 'polled' in life ? [{ ...life, polled: happening.ok }, []] : [life, []];
    case 'offline':
      if (life.is === 'stopped' || life.is === 'ended') return [life, []];
      return [{ is: 'offline' }, hasSocket(life) ? ['close'] : []];
    case 'online':
      return life.is === 'offline' ? [connecting(0, moment, false), ['open']] : [life, []];
    case 'woken':
      return woken(life, moment);
    case 'due':
      return due(life, moment);
  }
}

/** When the present state wants to be told `due`, or null where it waits for something else than time. */
export function dueAt(life: Life): number | null {
  switch (life.is) {
    case 'connecting':
      return life.since + openingLimitMs;
    case 'live':
      return Math.min(life.pingedAt + life.pingEveryMs, life.heardAt + silenceLimitMs);
    case 'waiting':
      return life.until;
    case 'stopped':
    case 'renewing':
    case 'offline':
    case 'ended':
      return null;
  }
}

/** Whether the chat should fetch what is new itself, because nobody tells it. */
export function isPolling(life: Life): boolean {
  return (life.is === 'connecting' || life.is === 'waiting') && life.failures >= failuresBeforePolling;
}

export type Standing = 'live' | 'opening' | 'reconnecting' | 'limited' | 'offline' | 'signed_out' | 'no_tenant';

/** The same, in the words the views show. */
export function standing(life: Life): Standing {
  switch (life.is) {
    case 'live':
      return 'live';
    case 'offline':
      return 'offline';
    case 'ended':
      return life.why;
    case 'stopped':
      return 'opening';
    case 'connecting':
    case 'waiting':
    case 'renewing':
      if (life.polled && life.failures >= failuresBeforePolling) return 'limited';
      return life.failures === 0 ? 'opening' : 'reconnecting';
  }
}

export function backoffMs(failures: number, random: number): number {
  const full = Math.min(backoffLongestMs, backoffFirstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.75 + random / 2));
}

function connecting(failures: number, moment: Moment, polled: boolean): Life {
  return { is: 'connecting', failures, since: moment.now, polled };
}

function live(moment: Moment, pingIntervalS: number | undefined): Life {
  const pingEveryMs = pingIntervalS ? pingIntervalS * 1000 : pingDefaultMs;
  return { is: 'live', heardAt: moment.now, pingedAt: moment.now, pingEveryMs, liveSince: moment.now };
}

function hasSocket(life: Life): life is Extract<Life, { is: 'connecting' | 'live' }> {
  return life.is === 'connecting' || life.is === 'live';
}

function closed(life: Extract<Life, { is: 'connecting' | 'live' }>, code: number, moment: Moment): Step {
  const before = life.is === 'connecting' ? life.failures : moment.now - life.liveSince < soundAfterMs ? 1 : 0;
  const polled = life.is === 'connecting' && life.polled;
  switch (code) {
    case 4401:
      return [{ is: 'renewing', failures: before + 1, polled }, ['renew']];
    case 4403:
      return [{ is: 'ended', why: 'no_tenant' }, []];
    case 1001: {
      const until = moment.now + Math.round(moment.random * backoffFirstMs);
      return [{ is: 'waiting', failures: before + (life.is === 'live' ? 0 : 1), until, polled }, []];
    }
    case 4429:
      return [{ is: 'waiting', failures: before + 1, until: moment.now + backoffLongestMs, polled }, []];
    default:
      return wait(before + 1, moment, polled);
  }
}

function wait(failures: number, moment: Moment, polled: boolean): Step {
  return [{ is: 'waiting', failures, until: moment.now + backoffMs(failures, moment.random), polled }, []];
}

function renewed(
  life: Extract<Life, { is: 'renewing' }>,
  outcome: 'fresh' | 'unreachable' | 'refused',
  moment: Moment,
): Step {
  switch (outcome) {
    case 'fresh':
      return life.failures > 1
        ? wait(life.failures, moment, life.polled)
        : [connecting(life.failures, moment, life.polled), ['open']];
    case 'unreachable':
      return wait(life.failures, moment, life.polled);
    case 'refused':
      return [{ is: 'ended', why: 'signed_out' }, []];
  }
}

/** The tab came back to the front, or the network changed: no use in waiting any longer. */
function woken(life: Life, moment: Moment): Step {
  if (life.is === 'waiting') return [connecting(life.failures, moment, life.polled), ['open']];
  if (life.is === 'live' && moment.now - life.heardAt >= life.pingEveryMs) {
    return [{ ...life, pingedAt: moment.now }, ['ping']];
  }
  return [life, []];
}

function due(life: Life, moment: Moment): Step {
  const at = dueAt(life);
  if (at === null || moment.now < at) return [life, []];
  if (life.is === 'waiting') return [connecting(life.failures, moment, life.polled), ['open']];
  if (life.is === 'connecting') {
    const [waiting] = wait(life.failures + 1, moment, life.polled);
    return [waiting, ['close']];
  }
  if (life.is !== 'live') return [life, []];
  if (moment.now >= life.heardAt + silenceLimitMs) {
    const [waiting] = wait(1, moment, false);
    return [waiting, ['close']];
  }
  return [{ ...life, pingedAt: moment.now }, ['ping']];
}
