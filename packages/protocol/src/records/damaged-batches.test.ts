import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRecords, KafkaError, LazyRecords, recordBatches } from '../index.ts';

const ROUNDS = 5000;
const SEED = 20261121;
const MAX_DECOMPRESSED_BYTES = 100_000;
const DOCUMENTED = new Set([
  'CORRUPT_MESSAGE',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
]);
/** Where lengths, attributes and counts are: damage there is the most interesting. */
const DELICATE = [8, 11, 16, 22, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 80];

const fixture = new URL('../../fixtures/records/java-batches.jsonl', import.meta.url);
const originals = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { name: string; bytes: string })
  .filter(({ name }) => !name.startsWith('large'))
  .map(({ bytes }) => Buffer.from(bytes, 'base64'));

describe('damaged batches', () => {
  it('end in a documented error or in records, eagerly and lazily, in bounded memory', () => {
    const random = randomIntegers(SEED);
    const before = process.memoryUsage().arrayBuffers;
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const damaged = damage(originals[round % originals.length]!, random);
      const options = { maxDecompressedBytes: MAX_DECOMPRESSED_BYTES };
      refused += refusals(round, () => recordBatches(damaged).map((batch) => decodeRecords(batch, options)));
      refused += refusals(round, () =>
        recordBatches(damaged).map((batch) => [...new LazyRecords(batch, options)]),
      );
    }
    // Both ends occur, so neither branch of the test is idle.
    expect(refused).toBeGreaterThan(ROUNDS / 4);
    expect(refused).toBeLessThan(ROUNDS * 2);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
  });
});

/** 1 if reading was refused with an error that is documented. */
function refusals(round: number, read: () => unknown): number {
  try {
    read();
    return 0;
  } catch (error) {
    if (error instanceof KafkaError && DOCUMENTED.has(error.code)) return 1;
    throw new Error(`Round ${round} of seed ${SEED} ended in something else`, { cause: error });
  }
}

function damage(original: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(original);
  for (let edits = random(4); edits > 0; edits--) {
    const at = random(2) === 0 ? DELICATE[random(DELICATE.length)]! : random(copy.length);
    copy[at % copy.length] = random(3) === 0 ? copy[at % copy.length]! ^ (1 << random(8)) : random(256);
  }
  if (random(3) > 0) return copy;
  const cut = copy.subarray(0, 61 + random(copy.length - 60));
  cut.writeInt32BE(cut.length - 12, 8);
  return cut;
}

/** Numerical Recipes' generator; the seed is the whole run. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
