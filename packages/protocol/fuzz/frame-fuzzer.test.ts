import { expect, test } from 'vitest';
import { FrameFuzzer } from './frame-fuzzer.ts';

const FRAMES = 100_000;

test('100,000 damaged frames are read or refused with a typed error', { timeout: 60_000 }, () => {
  const fuzzer = new FrameFuzzer(20_261_121);
  for (let frame = 0; frame < FRAMES; frame++) fuzzer.step();
  const { decoded, refused } = fuzzer.counts;
  // The damage must reach every check of the decoder, and must leave some frames legible.
  expect(decoded).toBeGreaterThan(FRAMES / 100);
  expect([...refused.keys()].toSorted()).toEqual([
    'ERR_PROTOCOL_FRAME_SIZE',
    'ERR_PROTOCOL_INVALID_LENGTH',
    'ERR_PROTOCOL_INVALID_VARINT',
    'ERR_PROTOCOL_NULL_VALUE',
    'ERR_PROTOCOL_TAG_ORDER',
    'ERR_PROTOCOL_TAG_SIZE',
    'ERR_PROTOCOL_TRUNCATED',
    'ERR_PROTOCOL_UNKNOWN_API',
    'ERR_PROTOCOL_UNSAFE_INTEGER',
    'ERR_PROTOCOL_UNSUPPORTED_VERSION',
  ]);
});

test('the same seed gives the same run', () => {
  const [one, other] = [new FrameFuzzer(7), new FrameFuzzer(7)];
  for (let frame = 0; frame < 2000; frame++) {
    one.step();
    other.step();
  }
  expect(one.counts).toEqual(other.counts);
});
