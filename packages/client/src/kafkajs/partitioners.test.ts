import * as kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { Partitioners } from './partitioners.ts';

const keys = [
  '',
  'a',
  'ab',
  'abc',
  'abcd',
  'order-1',
  'clé-ü',
  'a-little-bit-long-string',
  ...Array.from({ length: 500 }, (_, index) => `key-${(index * 2_654_435_761) >>> 0}`),
];

const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

test.each(['DefaultPartitioner', 'LegacyPartitioner'] as const)(
  '%s puts every key where kafkajs does',
  (name) => {
    const ours = Partitioners[name]();
    const theirs = kafkajs.Partitioners[name]();
    for (const key of keys) {
      const args = { topic: 't', partitionMetadata, message: { key, value: null } };
      expect([key, ours(args)]).toEqual([key, theirs(args)]);
    }
  },
);

test('the two partitioners disagree, so that moving to 2.0 moved keys', () => {
  const ofDefault = Partitioners.DefaultPartitioner();
  const ofLegacy = Partitioners.LegacyPartitioner();
  const differing = keys.filter((key) => {
    const args = { topic: 't', partitionMetadata, message: { key, value: null } };
    return ofDefault(args) !== ofLegacy(args);
  });
  expect(differing.length).toBeGreaterThan(keys.length / 2);
});

test('messages without a key take turns among partitions that have a leader', () => {
  const partition = Partitioners.DefaultPartitioner();
  const some = partitionMetadata.slice(0, 3).map((one, index) => ({ ...one, leader: index === 1 ? -1 : 1 }));
  const args = { topic: 't', partitionMetadata: some, message: { value: null } };
  expect([partition(args), partition(args), partition(args)]).toEqual([0, 2, 0]);
});
