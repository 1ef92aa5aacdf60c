import { buildBatch, controlBatch, RecordBatch, WireWriter } from '@millrace/protocol';
import {
  BrokerRegistrationChangeRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
  TopicRecord,
  type PartitionChangeRecordInput,
} from '@millrace/protocol/messages/metadata-records';
import { LeaderChangeMessage } from '@millrace/protocol/messages/control-records';
import { expect, test } from 'vitest';
import { quorumLeaderProblems } from './cluster-invariants.ts';
import { metadataProblems, snapshotProblems } from './metadata-rules.ts';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

interface Codec<Input> {
  readonly apiKey: number;
  readonly maxVersion: number;
  write(writer: WireWriter, message: Input, version: number): void;
}

function record<Input>(codec: Codec<Input>, message: Input): Buffer {
  const writer = new WireWriter();
  for (const part of [1, codec.apiKey, codec.maxVersion]) writer.unsignedVarint(part);
  codec.write(writer, message, codec.maxVersion);
  return Buffer.concat(writer.finish());
}

/** One record in each batch. */
function log(values: readonly Buffer[]): RecordBatch[] {
  return values.map(
    (value, baseOffset) => new RecordBatch(buildBatch([{ timestampMs: 0, value }], { baseOffset })),
  );
}

const registered = [1, 2, 3].map((brokerId) =>
  record(RegisterBrokerRecord, {
    ...RegisterBrokerRecord.create(),
    brokerId,
    brokerEpoch: brokerId,
    fenced: false,
  }),
);
const created = [
  ...registered,
  record(TopicRecord, { name: 'orders', topicId: TOPIC_ID }),
  record(PartitionRecord, {
    ...PartitionRecord.create(),
    partitionId: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    topicId: TOPIC_ID,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    leader: 1,
  }),
];
const change = (fields: Partial<PartitionChangeRecordInput>) =>
  record(PartitionChangeRecord, { partitionId: 0, topicId: TOPIC_ID, ...fields });
const fenced = (brokerId: number) =>
  record(BrokerRegistrationChangeRecord, { brokerId, brokerEpoch: brokerId, fenced: 1 });

test('a fail-over as it should be breaks nothing', () => {
  const failOver = [
    change({ isr: [2, 3], leader: 2 }),
    fenced(1),
    change({ isr: [2], eligibleLeaderReplicas: [3] }),
  ];
  expect(metadataProblems(log([...created, ...failOver]), 2)).toEqual([]);
});

test.each([
  ['a leader outside the ISR', [change({ isr: [2, 3] })], /leader 1 is not in the ISR 2,3/],
  ['an ISR outside the replicas', [change({ isr: [1, 4] })], /4 in ISR 1,4 or ELR , but not in replicas/],
  [
    'a member of ISR and ELR',
    [change({ isr: [1], eligibleLeaderReplicas: [1] })],
    /1 is in the ISR and in the ELR/,
  ],
  [
    'ELR beside a full ISR',
    [change({ isr: [1, 2], eligibleLeaderReplicas: [3] })],
    /ELR 3 with an ISR of 1,2/,
  ],
  ['a fenced member of the ISR', [fenced(3)], /orders-0: fenced 3 in the ISR 1,2,3/],
])('%s is found', (_, records, problem) => {
  expect(metadataProblems(log([...created, ...records]), 2).join('\n')).toMatch(problem);
});

test('two leaders of one epoch are found', () => {
  const again = record(PartitionRecord, {
    ...PartitionRecord.create(),
    partitionId: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    topicId: TOPIC_ID,
    replicas: [1, 2],
    isr: [1, 2],
    leader: 2,
  });
  expect(metadataProblems(log([...created, again]), 2).join('\n')).toMatch(
    /epoch 0 has two leaders, 1 and 2/,
  );
});

test('a snapshot that is not what the log comes to is found', () => {
  const batches = log(created);
  const whole = new Map([[created.length, log(created)]]);
  expect(snapshotProblems(whole, batches)).toEqual([]);
  const lacking = new Map([[created.length, log(created.slice(1))]]);
  expect(snapshotProblems(lacking, batches)[0]).toMatch(/^snapshot @5 has/);
});

test('two quorum leaders of one epoch are found', () => {
  const led = (leaderId: number) => {
    const writer = new WireWriter();
    LeaderChangeMessage.write(writer, { version: 0, leaderId, voters: [], grantingVoters: [] }, 0);
    const value = Buffer.concat(writer.finish());
    const batch = controlBatch('LEADER_CHANGE', value, { timestampMs: 0, partitionLeaderEpoch: 7 });
    return { name: '__cluster_metadata-0', topicId: '', batches: [new RecordBatch(batch)] };
  };
  const same = [
    ['node-1', led(1)],
    ['node-2', led(1)],
  ] as const;
  expect(quorumLeaderProblems(same)).toEqual([]);
  const other = [
    ['node-1', led(1)],
    ['node-2', led(2)],
  ] as const;
  expect(quorumLeaderProblems(other)).toEqual(['quorum epoch 7 has two leaders: 1 on node-1, 2 on node-2']);
});
