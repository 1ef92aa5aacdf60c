import { memoryHost } from '@millrace/host';
import { ApiKey, ErrorCode, KafkaError, type KafkaErrorName } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { Consumer } from './consumer.ts';
import { CorruptRecordsError, LogTruncatedError, OffsetOutOfRangeError } from './consumer-errors.ts';
import type { ConsumerProperties } from './consumer-properties.ts';
import { damaged, ScriptedPartition } from './testing/scripted-partition.ts';
import { pollRecords } from './testing/test-cluster.ts';

const T0 = { topic: 't', partition: 0 };
const patient = { 'retry.backoff.ms': 10_000, 'retry.backoff.max.ms': 10_000 };

/** A consumer of a scripted partition with the given number of records. */
async function withPartition(
  {
    records,
    nodes = 1,
    ...properties
  }: { readonly records: number; readonly nodes?: number } & ConsumerProperties,
  body: (partition: ScriptedPartition, consumer: Consumer) => Promise<void>,
): Promise<void> {
  const host = memoryHost();
  await using partition = await ScriptedPartition.start(host, nodes);
  partition.append(records);
  const backoff = { 'retry.backoff.ms': 1, 'retry.backoff.max.ms': 2, 'fetch.max.wait.ms': 20 };
  const defaults = { 'auto.offset.reset': 'earliest', ...backoff };
  const bootstrap = { 'bootstrap.servers': partition.bootstrapServers };
  await using consumer = new Consumer({ ...bootstrap, ...defaults, ...properties }, { host });
  consumer.assign([T0]);
  await body(partition, consumer);
}

async function offsets(consumer: Consumer, count: number): Promise<number[]> {
  return (await pollRecords(consumer, count)).map(({ offset }) => offset);
}

function failing(name: KafkaErrorName) {
  return { partition: { errorCode: ErrorCode[name], highWatermark: -1, records: null } };
}

describe('a fetch error', () => {
  it.each([
    'NOT_LEADER_OR_FOLLOWER',
    'REPLICA_NOT_AVAILABLE',
    'KAFKA_STORAGE_ERROR',
    'FENCED_LEADER_EPOCH',
    'OFFSET_NOT_AVAILABLE',
    'UNKNOWN_TOPIC_OR_PARTITION',
    'UNKNOWN_TOPIC_ID',
    'INCONSISTENT_TOPIC_ID',
  ] as const)('%s asks for metadata and tries again', (name) =>
    withPartition({ records: 2 }, async (partition, consumer) => {
      partition.answerNext(failing(name));
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
      expect(partition.count(ApiKey.METADATA)).toBe(2);
    }),
  );

  it.each(['UNKNOWN_LEADER_EPOCH', 'UNKNOWN_SERVER_ERROR'] as const)('%s is waited out', (name) =>
    withPartition({ records: 2 }, async (partition, consumer) => {
      partition.answerNext(failing(name));
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
      expect(partition.count(ApiKey.METADATA)).toBe(1);
    }),
  );

  it('TOPIC_AUTHORIZATION_FAILED is thrown, and the position stays', () =>
    withPartition({ records: 2 }, async (partition, consumer) => {
      partition.answerNext(failing('TOPIC_AUTHORIZATION_FAILED'));
      await expect(consumer.poll({ timeoutMs: 10_000 })).rejects.toThrow(KafkaError);
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
    }));

  it('CORRUPT_MESSAGE is thrown, and the position stays', () =>
    withPartition({ records: 2 }, async (partition, consumer) => {
      partition.answerNext(failing('CORRUPT_MESSAGE'));
      await expect(consumer.poll({ timeoutMs: 10_000 })).rejects.toThrow(CorruptRecordsError);
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
    }));

  it('OFFSET_OUT_OF_RANGE resets by policy', () =>
    withPartition({ records: 5 }, async (partition, consumer) => {
      partition.logStartOffset = 3;
      consumer.seek({ ...T0, offset: 1 });
      partition.answerNext(failing('OFFSET_OUT_OF_RANGE'));
      expect(await offsets(consumer, 2)).toEqual([3, 4]);
    }));

  it('OFFSET_OUT_OF_RANGE is thrown without a policy, again and again until a seek', () =>
    withPartition({ records: 5, 'auto.offset.reset': 'none' }, async (partition, consumer) => {
      consumer.seek({ ...T0, offset: 9 });
      for (let round = 0; round < 2; round++) {
        partition.answerNext(failing('OFFSET_OUT_OF_RANGE'));
        const failure = await consumer.poll({ timeoutMs: 10_000 }).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(OffsetOutOfRangeError);
        expect(failure).toMatchObject({ topic: 't', partition: 0, offset: 9 });
      }
      consumer.seek({ ...T0, offset: 4 });
      expect(await offsets(consumer, 1)).toEqual([4]);
    }));

  it.each([
    ['FETCH_SESSION_ID_NOT_FOUND', 0],
    ['INVALID_FETCH_SESSION_EPOCH', 77],
    ['FETCH_SESSION_TOPIC_ID_ERROR', 77],
  ] as const)('%s makes the next fetch a full one, of session %i', (name, sessionId) =>
    withPartition({ records: 2 }, async (partition, consumer) => {
      partition.answerNext({ sessionId: 77 }, { sessionError: ErrorCode[name] });
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
      partition.append(1);
      expect(await offsets(consumer, 1)).toEqual([2]);
      const sessions = partition.fetches.map(({ request }) => [request.sessionId, request.sessionEpoch]);
      expect(sessions.slice(0, 3)).toEqual([
        [0, 0],
        [77, 1],
        [sessionId, 0],
      ]);
    }),
  );

  it('with a leader hint moves on without asking for metadata', () =>
    // A connection that takes longer than these would be a reason to ask.
    withPartition({ ...patient, records: 2, nodes: 2 }, async (partition, consumer) => {
      partition.answerNext({
        partition: {
          ...failing('NOT_LEADER_OR_FOLLOWER').partition,
          currentLeader: { leaderId: 1, leaderEpoch: 5 },
        },
      });
      expect(await offsets(consumer, 2)).toEqual([0, 1]);
      expect(partition.fetches.map(({ nodeId }) => nodeId).slice(0, 2)).toEqual([0, 1]);
      expect(partition.count(ApiKey.METADATA)).toBe(1);
    }));
});

describe('a preferred follower', () => {
  it('is read from, until it cannot serve the offset', () =>
    withPartition({ records: 3, nodes: 2 }, async (partition, consumer) => {
      const sendAway = { partition: { preferredReadReplica: 1, records: null } };
      partition.answerNext(sendAway, {}, failing('OFFSET_OUT_OF_RANGE'));
      expect(await offsets(consumer, 3)).toEqual([0, 1, 2]);
      partition.append(1);
      expect(await offsets(consumer, 1)).toEqual([3]);
      expect(partition.fetches.map(({ nodeId }) => nodeId).slice(0, 4)).toEqual([0, 1, 1, 0]);
      expect(partition.count(ApiKey.LIST_OFFSETS)).toBe(1);
    }));
});

describe('damaged records', () => {
  it('are thrown where they begin, after what is good, and can be skipped by a seek', () =>
    withPartition({ records: 3 }, async (partition, consumer) => {
      partition.log[1] = damaged(partition.log[1]!);
      expect(await offsets(consumer, 1)).toEqual([0]);
      for (let round = 0; round < 2; round++) {
        const failure = await consumer.poll({ timeoutMs: 10_000 }).catch((error: unknown) => error);
        expect(failure).toMatchObject({
          code: 'ERR_CLIENT_CORRUPT_RECORDS',
          topic: 't',
          partition: 0,
          offset: 1,
        });
      }
      expect(await consumer.position(T0)).toBe(1);
      consumer.seek({ ...T0, offset: 2 });
      expect(await offsets(consumer, 1)).toEqual([2]);
    }));

  it('are not noticed with check.crcs off', () =>
    withPartition({ records: 1, 'check.crcs': false }, async (partition, consumer) => {
      partition.log[0] = damaged(partition.log[0]!);
      expect(await offsets(consumer, 1)).toEqual([0]);
    }));
});

describe('a change of leader', () => {
  /** Reads up to `records`, of epoch 0; then epoch 1 begins, whose leader knows epoch 0 only up to `endOffset`. */
  async function withNewLeader(
    { endOffset, ...properties }: { readonly endOffset: number } & ConsumerProperties,
    body: (partition: ScriptedPartition, consumer: Consumer) => Promise<void>,
  ): Promise<void> {
    await withPartition({ records: 5, ...properties }, async (partition, consumer) => {
      if (properties['auto.offset.reset'] === 'none') consumer.seek({ ...T0, offset: 0 });
      expect(await offsets(consumer, 5)).toEqual([0, 1, 2, 3, 4]);
      partition.leaderEpoch = 1;
      partition.epochEnd = { leaderEpoch: endOffset < 0 ? -1 : 0, endOffset };
      partition.log = partition.log.slice(0, Math.max(0, endOffset));
      partition.append(8 - partition.log.length);
      await body(partition, consumer);
    });
  }

  it('is followed at once when the new leader has everything we read', () =>
    withNewLeader({ endOffset: 5 }, async (partition, consumer) => {
      expect(await offsets(consumer, 3)).toEqual([5, 6, 7]);
      expect(partition.count(ApiKey.OFFSET_FOR_LEADER_EPOCH)).toBe(1);
    }));

  it('takes the position back to where the logs still agree', () =>
    withNewLeader({ endOffset: 3 }, async (_, consumer) => {
      expect(await offsets(consumer, 5)).toEqual([3, 4, 5, 6, 7]);
    }));

  it('resets by policy when the new leader does not know our epoch', () =>
    withNewLeader({ endOffset: -1 }, async (_, consumer) => {
      expect((await offsets(consumer, 8))[0]).toBe(0);
    }));

  it('is the decision of the application when there is no policy', () =>
    withNewLeader({ endOffset: 3, 'auto.offset.reset': 'none' }, async (_, consumer) => {
      const failure = await consumer.poll({ timeoutMs: 10_000 }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LogTruncatedError);
      expect(failure).toMatchObject({ offset: 5, divergingOffset: 3 });
      consumer.seek({ ...T0, offset: 3 });
      expect(await offsets(consumer, 5)).toEqual([3, 4, 5, 6, 7]);
    }));

  it('is asked about again while the leader cannot say', () =>
    withNewLeader({ endOffset: 5 }, async (partition, consumer) => {
      partition.epochEnd = { errorCode: ErrorCode.UNKNOWN_LEADER_EPOCH, leaderEpoch: -1, endOffset: -1 };
      while (partition.count(ApiKey.OFFSET_FOR_LEADER_EPOCH) < 3) {
        expect(await consumer.poll({ timeoutMs: 20 })).toEqual([]);
      }
      partition.epochEnd = undefined;
      expect(await offsets(consumer, 3)).toEqual([5, 6, 7]);
    }));
});
