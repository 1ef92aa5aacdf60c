import {
  BrokerRegistrationChangeRecord,
  ClearElrRecord,
  DelegationTokenRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
  RemoveDelegationTokenRecord,
  RemoveTopicRecord,
  TopicRecord,
  UnregisterBrokerRecord,
} from '@millrace/protocol/messages/metadata-records';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptMetadataError } from '../errors.ts';
import type { ClusterImage } from './cluster-image.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import { imageRecords } from './image-records.ts';
import { decodeMetadataRecord, encodeMetadataRecord, type MetadataRecord } from './metadata-record.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-file.ts';

const uuid = (last: number) => Buffer.alloc(16, last).toString('base64url');
const topicIds = [uuid(1), uuid(2), uuid(3)];

const node = fc.integer({ min: 0, max: 4 });
const nodes = fc.uniqueArray(node, { maxLength: 4 });
const someNodes = fc.uniqueArray(node, { minLength: 1, maxLength: 4 });
const topicId = fc.constantFrom(...topicIds);
const partitionId = fc.integer({ min: 0, max: 2 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const directory = fc.integer({ min: 0, max: 9 }).map(uuid);

const partitionFields = fc
  .record({ replicas: someNodes, isr: nodes, leader: fc.integer({ min: -1, max: 4 }) })
  .chain(({ replicas, ...fields }) =>
    fc.record({
      ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fc.constant(value)])),
      replicas: fc.constant(replicas),
      directories: fc.array(directory, { minLength: replicas.length, maxLength: replicas.length }),
    }),
  );

/** Any record of topics and nodes, whether or not it makes sense at that point. */
const record: fc.Arbitrary<MetadataRecord> = fc.oneof(
  fc
    .record({ name: fc.constantFrom('a', 'b', 'c'), topicId })
    .map((data): MetadataRecord => ({ type: 'Topic', data: TopicRecord.create(data) })),
  fc
    .record({
      partitionId,
      topicId,
      fields: partitionFields,
      adding: nodes,
      removing: nodes,
      elr: optional(nodes),
      last: optional(nodes),
      epoch: fc.nat(9),
      recovery: fc.constantFrom(0, 1),
    })
    .map(({ fields, adding, removing, elr, last, epoch, recovery, ...place }): MetadataRecord => ({
      type: 'Partition',
      data: PartitionRecord.create({
        ...place,
        ...fields,
        addingReplicas: adding,
        removingReplicas: removing,
        eligibleLeaderReplicas: elr,
        lastKnownElr: last,
        leaderEpoch: epoch,
        partitionEpoch: epoch,
        leaderRecoveryState: recovery,
      }),
    })),
  fc
    .record({
      partitionId,
      topicId,
      isr: optional(nodes),
      leader: fc.integer({ min: -2, max: 4 }),
      removingReplicas: optional(nodes),
      addingReplicas: optional(nodes),
      leaderRecoveryState: fc.constantFrom(-1, 0, 1),
      eligibleLeaderReplicas: optional(nodes),
      lastKnownElr: optional(nodes),
      assignment: optional(partitionFields),
    })
    .map(({ assignment, ...data }): MetadataRecord => ({
      type: 'PartitionChange',
      data: PartitionChangeRecord.create({
        ...data,
        replicas: assignment?.replicas ?? null,
        directories: assignment?.directories ?? null,
      }),
    })),
  topicId.map((id): MetadataRecord => ({
    type: 'RemoveTopic',
    data: RemoveTopicRecord.create({ topicId: id }),
  })),
  fc
    .constantFrom('', 'a', 'b')
    .map((topicName): MetadataRecord => ({ type: 'ClearElr', data: ClearElrRecord.create({ topicName }) })),
  fc
    .record({
      brokerId: node,
      brokerEpoch: fc.constantFrom(7, 8),
      fenced: fc.boolean(),
      inControlledShutdown: fc.boolean(),
      rack: optional(fc.constant('r1')),
      logDirs: fc.uniqueArray(directory),
      cordonedLogDirs: optional(fc.array(directory, { minLength: 1 })),
      port: fc.nat(65_535),
    })
    .map(({ port, ...data }): MetadataRecord => ({
      type: 'RegisterBroker',
      data: RegisterBrokerRecord.create({
        ...data,
        incarnationId: uuid(9),
        endPoints: [{ name: 'PLAINTEXT', host: 'h', port, securityProtocol: 0 }],
        features: [{ name: 'metadata.version', minSupportedVersion: 7, maxSupportedVersion: 21 }],
      }),
    })),
  fc
    .record({
      brokerId: node,
      brokerEpoch: fc.constantFrom(7, 8),
      fenced: fc.constantFrom(-1, 0, 1),
      inControlledShutdown: fc.constantFrom(0, 1),
      logDirs: fc.uniqueArray(directory),
    })
    .map((data): MetadataRecord => ({
      type: 'BrokerRegistrationChange',
      data: BrokerRegistrationChangeRecord.create(data),
    })),
  fc
    .record({ brokerId: node, brokerEpoch: fc.constantFrom(7, 8) })
    .map((data): MetadataRecord => ({ type: 'UnregisterBroker', data: UnregisterBrokerRecord.create(data) })),
  fc.record({ controllerId: node, port: fc.nat(65_535) }).map(({ controllerId, port }): MetadataRecord => ({
    type: 'RegisterController',
    data: RegisterControllerRecord.create({
      controllerId,
      incarnationId: uuid(9),
      endPoints: [{ name: 'CONTROLLER', host: 'h', port, securityProtocol: 0 }],
      features: [{ name: 'kraft.version', minSupportedVersion: 0, maxSupportedVersion: 1 }],
    }),
  })),
  fc.constantFrom('t1', 't2').map((tokenId): MetadataRecord => ({
    type: 'DelegationToken',
    data: DelegationTokenRecord.create({
      tokenId,
      owner: 'User:a',
      requester: 'User:b',
      renewers: ['User:c'],
    }),
  })),
  fc.constantFrom('t1', 't2').map((tokenId): MetadataRecord => ({
    type: 'RemoveDelegationToken',
    data: RemoveDelegationTokenRecord.create({ tokenId }),
  })),
  fc.constant<MetadataRecord>({ type: 'ZkMigrationState', data: { zkMigrationState: 0 } }),
);

/** The records of a run that can be applied, one after the other, and where that leads. */
function sensible(records: readonly MetadataRecord[]): { image: ClusterImage; applied: MetadataRecord[] } {
  let image = emptyImage;
  const applied: MetadataRecord[] = [];
  for (const each of records) {
    const builder = new ImageBuilder(image);
    try {
      builder.apply(each, applied.length, 1);
    } catch (error) {
      if (error instanceof CorruptMetadataError) continue;
      throw error;
    }
    image = builder.build();
    applied.push(each);
  }
  return { image, applied };
}

function replay(records: Iterable<MetadataRecord>, base = emptyImage): ClusterImage {
  const builder = new ImageBuilder(base);
  let offset = 0;
  for (const each of records) builder.apply(each, offset++, 1);
  return builder.build();
}

/** What the image says, apart from how many records it took. */
function said({ offset: _offset, epoch: _epoch, ...image }: ClusterImage) {
  return { ...image, configs: [...image.configs.entries()] };
}

const onDisk = (records: readonly MetadataRecord[]) =>
  records.map((each, offset) => decodeMetadataRecord(encodeMetadataRecord(each), offset));

describe('whatever the log says', () => {
  it('gives the same image from the log, from a snapshot, and from a snapshot with the log after it', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), fc.nat(60), (records, cut) => {
        const { image, applied } = sensible(records);
        expect(said(replay(onDisk(applied)))).toEqual(said(image));
        const prefix = replay(onDisk(applied.slice(0, cut)));
        const snapshot = decodeSnapshot(encodeSnapshot([...imageRecords(prefix)], 1), 'test');
        expect(said(replay(onDisk(applied.slice(cut)), replay(snapshot)))).toEqual(said(image));
      }),
      { seed: 20260701, numRuns: 300 },
    );
  });

  it('reaches every kind of record in such runs', () => {
    const kinds = new Set<string>();
    for (const records of fc.sample(fc.array(record, { minLength: 40, maxLength: 60 }), {
      seed: 1,
      numRuns: 60,
    })) {
      for (const { type } of sensible(records).applied) kinds.add(type);
    }
    expect([...kinds].toSorted()).toEqual([
      'BrokerRegistrationChange',
      'ClearElr',
      'DelegationToken',
      'Partition',
      'PartitionChange',
      'RegisterBroker',
      'RegisterController',
      'RemoveDelegationToken',
      'RemoveTopic',
      'Topic',
      'UnregisterBroker',
      'ZkMigrationState',
    ]);
  });
});
