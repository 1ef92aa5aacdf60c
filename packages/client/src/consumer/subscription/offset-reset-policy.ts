/**
 * Where to start when there is no committed offset, or it no longer exists (`auto.offset.reset`).
 * `timestamp`: at the first record at least `durationMs` before now (`by_duration:<ISO-8601>`, KIP-1106).
 */
export type OffsetResetPolicy =
  | { readonly type: 'earliest' }
  | { readonly type: 'latest' }
  | { readonly type: 'none' }
  | { readonly type: 'by_duration'; readonly durationMs: number };

/** Timestamps with a meaning of their own in ListOffsets. */
export const LATEST_TIMESTAMP = -1;
export const EARLIEST_TIMESTAMP = -2;

const DURATION_PREFIX = 'by_duration:';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** What java.time.Duration reads, without signs: days, hours, minutes, seconds with a fraction. */
const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,9})?)S)?)?$/i;

/** @throws RangeError naming the legal values. */
export function parseOffsetResetPolicy(text: string): OffsetResetPolicy {
  const name = text.toLowerCase();
  if (name === 'earliest' || name === 'latest' || name === 'none') return { type: name };
  if (name.startsWith(DURATION_PREFIX)) {
    const durationMs = parseDurationMs(text.slice(DURATION_PREFIX.length));
    if (durationMs !== undefined) return { type: 'by_duration', durationMs };
  }
  throw new RangeError('one of latest, earliest, none, by_duration:<ISO-8601 duration, for example PT24H>');
}

/** The timestamp to ask ListOffsets for; undefined where the policy is to fail. */
export function resetTimestamp(policy: OffsetResetPolicy, nowMs: number): number | undefined {
  switch (policy.type) {
    case 'earliest':
      return EARLIEST_TIMESTAMP;
    case 'latest':
      return LATEST_TIMESTAMP;
    case 'by_duration':
      return Math.max(0, nowMs - policy.durationMs);
    case 'none':
      return undefined;
  }
}

function parseDurationMs(text: string): number | undefined {
  const match = ISO_DURATION.exec(text);
  if (match === null || match[0].length <= 'P'.length) return undefined;
  const [, days, hours, minutes, seconds] = match;
  const totalMs =
    inMs(days, DAY_MS) + inMs(hours, HOUR_MS) + inMs(minutes, MINUTE_MS) + inMs(seconds, SECOND_MS);
  return Math.floor(totalMs);
}

function inMs(value: string | undefined, unitMs: number): number {
  return Number(value ?? 0) * unitMs;
}
