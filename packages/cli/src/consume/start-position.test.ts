import { describe, expect, test } from 'vitest';
import { parseStartPosition } from './start-position.ts';

const nowMs = Date.UTC(2026, 0, 2);
const parse = (text: string) => parseStartPosition('--from', text, nowMs);

describe('parseStartPosition', () => {
  test.each([
    ['beginning', { kind: 'beginning' }],
    ['earliest', { kind: 'beginning' }],
    ['end', { kind: 'end' }],
    ['latest', { kind: 'end' }],
    ['42', { kind: 'offset', offset: 42 }],
    ['-10', { kind: 'tail', records: 10 }],
    ['2026-01-01T00:00:00Z', { kind: 'timestamp', timestampMs: nowMs - 86_400_000 }],
    ['PT15M', { kind: 'timestamp', timestampMs: nowMs - 900_000 }],
    ['P1DT1.5S', { kind: 'timestamp', timestampMs: nowMs - 86_401_500 }],
  ])('%s', (text, expected) => expect(parse(text)).toEqual(expected));

  test.each(['', 'middle', 'P', 'PT', '1.5', '2026-99-99'])(
    'refuses "%s" and lists what would be legal',
    (text) => {
      expect(() => parse(text)).toThrow('must be one of: beginning, end');
    },
  );
});
