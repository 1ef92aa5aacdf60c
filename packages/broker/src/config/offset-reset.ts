import { KafkaError } from '@millrace/protocol';

/** Where a share group begins on a partition it has not read yet. */
export type OffsetReset =
  | { readonly type: 'earliest' }
  | { readonly type: 'latest' }
  /** At the first record that is at most this old. */
  | { readonly type: 'by_duration'; readonly durationMs: number };

const BY_DURATION = 'by_duration:';
// Days and hours only, as Java's Duration: months and years have no fixed length.
const duration = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,9})?)S)?)?$/i;
const [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS] = [86_400_000, 3_600_000, 60_000, 1000];

/** Reads `share.auto.offset.reset`, which was checked when it was set. Anything else counts as `latest`. */
export function parseOffsetReset(text: string): OffsetReset {
  const value = text.trim().toLowerCase();
  if (value === 'earliest') return { type: 'earliest' };
  const durationMs = value.startsWith(BY_DURATION)
    ? parseDurationMs(value.slice(BY_DURATION.length))
    : undefined;
  return durationMs === undefined ? { type: 'latest' } : { type: 'by_duration', durationMs };
}

/** @throws KafkaError INVALID_CONFIG */
export function checkOffsetReset(text: string): void {
  const value = text.trim().toLowerCase();
  if (value === 'earliest' || value === 'latest') return;
  if (value.startsWith(BY_DURATION) && parseDurationMs(value.slice(BY_DURATION.length)) !== undefined) return;
  throw new KafkaError(
    'INVALID_CONFIG',
    `Invalid value ${text} for configuration share.auto.offset.reset: it must be either 'earliest', 'latest', or ` +
      `of the form 'by_duration:PnDTnHnMn.nS'`,
  );
}

function parseDurationMs(text: string): number | undefined {
  const parts = duration.exec(text);
  if (parts === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.round(days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS);
}
