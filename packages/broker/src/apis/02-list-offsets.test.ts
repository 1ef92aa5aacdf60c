import { ErrorCode } from '@millrace/protocol';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic, RECORD_TIME_MS } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface Wanted {
  readonly topic?: string;
  readonly partitionIndex?: number;
  readonly currentLeaderEpoch?: number;
}

async function listOffset(connection: RawConnection, timestamp: number, version = 11, wanted: Wanted = {}) {
  const { topic = 'orders', partitionIndex = 0, ...rest } = wanted;
  const partitions = [{ partitionIndex, timestamp, ...rest }];
  const { topics } = await connection.send({
    request: ListOffsetsRequest,
    response: ListOffsetsResponse,
    version,
    message: {
      replicaId: -1,
      topics: [{ name: topic, partitions }],
      ...(version >= 2 ? { isolationLevel: 0 } : {}),
    },
  });
  return topics[0]!.partitions[0]!;
}

async function brokerWithRecords() {
  const server = await TestBroker.start();
  const connection = await server.connect();
  await createTopic(connection, 'orders');
  // Record times are RECORD_TIME_MS, +1 and +2.
  await append(connection, 'orders', ['a', 'b', 'c']);
  return { server, connection };
}

const EARLIEST = -2;
const LATEST = -1;

describe('ListOffsets', () => {
  it.each([
    ['the end', LATEST, 1, 3, -1],
    ['the end', LATEST, 11, 3, -1],
    ['the beginning', EARLIEST, 1, 0, -1],
    ['the beginning', EARLIEST, 11, 0, -1],
    ['the record with the largest timestamp', -3, 7, 2, RECORD_TIME_MS + 2],
    ['the beginning of what is stored locally', -4, 8, 0, -1],
    ['nothing that is tiered', -5, 9, -1, -1],
    ['nothing that waits to be tiered', -6, 11, -1, -1],
    ['a time', RECORD_TIME_MS + 1, 1, 1, RECORD_TIME_MS + 1],
    ['a time before all records', 0, 11, 0, RECORD_TIME_MS],
    ['no record at a time after all of them', RECORD_TIME_MS + 3, 11, -1, -1],
  ])('finds %s (timestamp %i, version %i)', async (_what, timestamp, version, offset, timestampMs) => {
    const { server, connection } = await brokerWithRecords();
    await using _ = server;
    const found = await listOffset(connection, timestamp, version);
    expect(found).toMatchObject({ errorCode: ErrorCode.NONE, offset, timestamp: timestampMs });
    if (version >= 4 && offset >= 0) expect(found.leaderEpoch).toBe(0);
  });

  it.each([
    ['an unknown topic', LATEST, 11, { topic: 'nothing' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['an unknown partition', LATEST, 11, { partitionIndex: 4 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['a leader epoch from the future', LATEST, 4, { currentLeaderEpoch: 3 }, 'UNKNOWN_LEADER_EPOCH'],
    ['a special timestamp of a later version', -3, 6, {}, 'UNSUPPORTED_VERSION'],
    ['a special timestamp that does not exist', -7, 11, {}, 'UNSUPPORTED_VERSION'],
  ] as const)('refuses %s', async (_what, timestamp, version, wanted, error) => {
    const { server, connection } = await brokerWithRecords();
    await using _ = server;
    expect((await listOffset(connection, timestamp, version, wanted)).errorCode).toBe(ErrorCode[error]);
  });

  it('refuses a partition that is asked about twice, with one answer', async () => {
    const { server, connection } = await brokerWithRecords();
    await using _ = server;
    const partitions = [LATEST, EARLIEST].map((timestamp) => ({ partitionIndex: 0, timestamp }));
    const { topics } = await connection.send({
      request: ListOffsetsRequest,
      response: ListOffsetsResponse,
      version: 11,
      message: { replicaId: -1, isolationLevel: 0, topics: [{ name: 'orders', partitions }] },
    });
    expect(topics[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([ErrorCode.INVALID_REQUEST]);
  });
});
