import { CliError } from '../cli-error.ts';

/** Where reading or a group starts in each partition. */
export type StartPosition =
  | { readonly kind: 'beginning' }
  | { readonly kind: 'end' }
  | { readonly kind: 'offset'; readonly offset: number }
  /** Back from the end (negative) in each partition. */
  | { readonly kind: 'tail'; readonly records: number }
  | { readonly kind: 'timestamp'; readonly timestampMs: number };

export const startPositionHelp =
  'beginning, end, an offset (42), back from the end (-10), a time (2026-01-31T12:00:00Z) or an age (PT15M)';

/** Parses `--from` and `--to`. @throws CliError saying what would be legal */
export function parseStartPosition(option: string, text: string, nowMs: number): StartPosition {
  if (text === 'beginning' || text === 'earliest') return { kind: 'beginning' };
  if (text === 'end' || text === 'latest') return { kind: 'end' };
  if (/^-\d+$/.test(text)) return { kind: 'tail', records: Number(text.slice(1)) };
  if (/^\d+$/.test(text)) return { kind: 'offset', offset: Number(text) };
  const ageMs = parseDuration(text);
  if (ageMs !== undefined) return { kind: 'timestamp', timestampMs: nowMs - ageMs };
  const timestampMs = Date.parse(text);
  if (/^\d{4}-/.test(text) && !Number.isNaN(timestampMs)) return { kind: 'timestamp', timestampMs };
  throw CliError.usage(`${option} is "${text}", but must be one of: ${startPositionHelp}`);
}

const unitsMs = [86_400_000, 3_600_000, 60_000, 1000];

/** ISO 8601 durations of days and less, as in Kafka's `--by-duration`. */
function parseDuration(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  return unitsMs.reduce((sum, unitMs, index) => sum + Number(match[index + 1] ?? 0) * unitMs, 0);
}
