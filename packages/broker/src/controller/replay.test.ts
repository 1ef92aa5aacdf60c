import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import { emptyImage, ImageBuilder } from '../metadata/image-builder.ts';
import { imageRecords } from '../metadata/image-records.ts';
import {
  decodeMetadataRecord,
  encodeMetadataRecord,
  type MetadataRecord,
} from '../metadata/metadata-record.ts';
import { decodeSnapshot, encodeSnapshot } from '../metadata/snapshot-file.ts';
import { allocateProducerIds } from './allocate-producer-ids.ts';
import { alterConfigs, ConfigOperation } from './alter-configs.ts';
import type { ControllerOperation } from './controller-operation.ts';
import { createPartitions } from './create-partitions.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { electAfterRestart, registerBroker } from './register-broker.ts';
import { Decisions } from './testing/decisions.ts';
import { ZERO_UUID } from '@millrace/protocol';

const name = fc.constantFrom('a', 'b', 'c.d', 'c_d');
const operation: fc.Arbitrary<ControllerOperation<unknown>> = fc.oneof(
  fc.record({ name, numPartitions: fc.integer({ min: -1, max: 4 }) }).map(
    (topic): ControllerOperation<unknown> =>
      (state) =>
        createTopics(
          state,
          [
            {
              ...topic,
              replicationFactor: 1,
              assignments: [],
              configs: [{ name: 'segment.ms', value: '9' }],
            },
          ],
          false,
        ),
  ),
  name.map(
    (topic): ControllerOperation<unknown> =>
      (state) =>
        deleteTopics(state, [{ name: topic, topicId: ZERO_UUID }]),
  ),
  fc.record({ name, count: fc.integer({ min: 1, max: 6 }) }).map(
    (topic): ControllerOperation<unknown> =>
      (state) =>
        createPartitions(state, [{ ...topic, assignments: null }], false),
  ),
  fc
    .record({
      resourceName: name,
      value: fc.constantFrom('1', '2'),
      operation: fc.constantFrom(...Object.values(ConfigOperation)),
    })
    .map(
      ({ resourceName, ...change }): ControllerOperation<unknown> =>
        (state) =>
          alterConfigs(state, [
            {
              resourceType: ConfigResourceType.TOPIC,
              resourceName,
              changes: [{ name: 'retention.ms', ...change }],
              replacesAll: false,
            },
          ]),
    ),
  fc.constant(allocateProducerIds as ControllerOperation<unknown>),
  fc.constant<ControllerOperation<unknown>>((state) => ({
    records: electAfterRestart(state),
    response: undefined,
  })),
);

/** An image as plain data, without the way in which it came about. */
function plain(image: ClusterImage) {
  return {
    topics: [...image.topics.byName.values()].toSorted((a, b) => a.id.localeCompare(b.id)),
    ids: [...image.topics.byId.keys()].toSorted((a, b) => a.localeCompare(b)),
    configs: [...image.configs.entries()]
      .map(({ resourceName, overrides }) => [resourceName, ...overrides].join())
      .toSorted((a, b) => a.localeCompare(b)),
    brokers: [...image.brokers.values()],
    features: [...image.features],
    nextProducerId: image.nextProducerId,
  };
}

function rebuild(records: Iterable<MetadataRecord>): ClusterImage {
  const builder = new ImageBuilder(emptyImage);
  let offset = 0;
  for (const record of records) builder.apply(record, offset++, 0);
  return builder.build();
}

test('replay of what any operations wrote, and a snapshot of it, give the state they left', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
      const decisions = new Decisions();
      decisions.run((state) =>
        registerBroker(state, {
          incarnationId: 'AAAAAAAAAAAAAAAAAAAAZA',
          endpoints: [{ name: 'PLAINTEXT', host: 'h', port: 1, protocol: 'PLAINTEXT' }],
          rack: null,
          directoryIds: ['AAAAAAAAAAAAAAAAAAAAZg'],
        }),
      );
      for (const each of operations) decisions.run(each);
      const written = decisions.records.map((record, offset) =>
        decodeMetadataRecord(encodeMetadataRecord(record), offset),
      );
      expect(plain(rebuild(written))).toEqual(plain(decisions.image));
      const snapshot = encodeSnapshot([...imageRecords(decisions.image)], 1);
      expect(plain(rebuild(decodeSnapshot(snapshot, 'test')))).toEqual(plain(decisions.image));
    }),
    { seed: 20260101, numRuns: 200 },
  );
});

test('a snapshot that was not written to its end is refused', () => {
  const snapshot = encodeSnapshot([], 1);
  expect(() => decodeSnapshot(snapshot.subarray(0, snapshot.length - 1), 'file')).toThrow(
    'its footer is missing',
  );
});
