import { expect, it } from 'vitest';
import { EventTrace } from './event-trace.ts';

function traceOf(label: string, bytes: readonly Uint8Array[] = [], timeMs = 1.5): string {
  const trace = new EventTrace();
  trace.add({ step: 1, timeMs, kind: 'disk', host: 'node', label }, bytes);
  return trace.digest();
}

it('tells labels apart by every character, in any script, to the last one', () => {
  const labels = [
    'open /a',
    'open /b',
    'open /ä',
    'open /ö',
    'open /äa',
    'open /äb',
    'open /日本',
    'open /日木',
    '',
  ];
  expect(new Set(labels.map((label) => traceOf(label))).size).toBe(labels.length);
  expect(traceOf('open /日本')).toBe(traceOf('open /日本'));
});

it('tells times apart by the microsecond, and what was moved by the bit', () => {
  expect(traceOf('', [], 86_400_000.001)).not.toBe(traceOf('', [], 86_400_000.002));
  expect(traceOf('', [Buffer.of(1)])).not.toBe(traceOf('', [Buffer.of(3)]));
});

it('covers bytes that are more than is hashed at once', () => {
  const large = Buffer.alloc(100_000);
  const changed = Buffer.from(large);
  changed[99_999] = 1;
  expect(traceOf('', [large])).not.toBe(traceOf('', [changed]));
});
