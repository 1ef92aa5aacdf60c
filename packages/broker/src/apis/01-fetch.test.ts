import {
  ApiKey,
  decodeRecords,
  ErrorCode,
  readResponseHeader,
  recordBatches,
  WireReader,
  ZERO_UUID,
} from '@millrace/protocol';
import { FetchRequest, FetchResponse, type FetchRequestInput } from '@millrace/protocol/messages/fetch';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic, produceRequest, batchOf } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface Wanted {
  readonly topic?: string;
  readonly topicId?: string;
  readonly partition?: number;
  readonly fetchOffset?: number;
  readonly partitionMaxBytes?: number;
  readonly currentLeaderEpoch?: number;
  readonly lastFetchedEpoch?: number;
}

type Limits = Omit<FetchRequestInput, 'topics' | 'maxWaitMs' | 'minBytes'> & {
  maxWaitMs?: number;
  minBytes?: number;
};

function fetchRequest(wanted: readonly Wanted[], limits: Limits = {}, version = 12) {
  const topics = wanted.map(
    ({ topic, topicId, partition = 0, fetchOffset = 0, partitionMaxBytes = 1 << 20, ...rest }) => ({
      ...(topicId === undefined ? { topic: topic ?? 'orders' } : { topicId }),
      partitions: [{ partition, fetchOffset, partitionMaxBytes, ...rest }],
    }),
  );
  const message = { maxWaitMs: 0, minBytes: 0, ...limits, topics };
  return { request: FetchRequest, response: FetchResponse, version, message } as const;
}

async function fetchOne(connection: RawConnection, wanted: Wanted, limits: Limits = {}, version = 12) {
  const { responses } = await connection.send(fetchRequest([wanted], limits, version));
  return responses[0]!.partitions[0]!;
}

function valuesOf(records: Buffer | null): string[] {
  return recordBatches(records!).flatMap((batch) =>
    decodeRecords(batch).map(({ value }) => value!.toString()),
  );
}

/** Larger than what the sockets between take, so that answers wait in the broker. */
const COLD_VALUES = Array.from({ length: 60 }, (_, index) => `${index}-`.padEnd(100_000, `${index} `));

describe('Fetch from files', () => {
  it('answers many that are on their way at once with memory that others have used before', async () => {
    const first = await TestBroker.start();
    const producer = await first.connect();
    await createTopic(producer, 'orders');
    for (const value of COLD_VALUES) await append(producer, 'orders', [value]);
    await first.broker.close();
    // The next life has nothing in memory.
    await using server = await TestBroker.start({}, first.host);
    const connections = await Promise.all([server.connect(), server.connect(), server.connect()]);
    for (let round = 0; round < 3; round++) {
      for (const connection of connections)
        for (let offset = 0; offset < COLD_VALUES.length; offset += 6)
          connection.post(fetchRequest([{ fetchOffset: offset, partitionMaxBytes: 700_000 }]));
      for (const connection of connections) {
        for (let offset = 0; offset < COLD_VALUES.length; offset += 6) {
          const reader = new WireReader(await connection.nextFrame());
          readResponseHeader(reader, ApiKey.FETCH, 12);
          const { responses } = FetchResponse.read(reader, 12);
          const values = valuesOf(responses[0]!.partitions[0]!.records);
          expect(values).toHaveLength(3);
          // Compared as booleans: a difference of megabytes is nothing to print.
          expect(values.every((value, index) => value === COLD_VALUES[offset + index])).toBe(true);
        }
      }
    }
    expect(server.complaints).toEqual([]);
  });
});

describe('Fetch', () => {
  it.each([4, 11, 12])('returns whole batches from an offset on, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a', 'b']);
    await append(connection, 'orders', ['c']);
    const data = await fetchOne(connection, { fetchOffset: 1 }, {}, version);
    expect(valuesOf(data.records)).toEqual(['a', 'b', 'c']);
    expect(data).toMatchObject({
      errorCode: 0,
      highWatermark: 3,
      lastStableOffset: 3,
      abortedTransactions: null,
    });
  });

  it.each([13, 18])('finds topics by id in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a']);
    expect(valuesOf((await fetchOne(connection, { topicId }, {}, version)).records)).toEqual(['a']);
    const unknown = await fetchOne(connection, { topicId: 'AAAAAAAAAAAAAAAAAAAAZA' }, {}, version);
    expect(unknown.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_ID);
  });

  it.each([
    ['a topic that does not exist', { topic: 'nothing' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['a partition that does not exist', { partition: 9 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['an offset beyond the end', { fetchOffset: 2 }, 'OFFSET_OUT_OF_RANGE'],
    ['an older leader epoch', { currentLeaderEpoch: 0 }, 'FENCED_LEADER_EPOCH'],
    ['a newer leader epoch', { currentLeaderEpoch: 2 }, 'UNKNOWN_LEADER_EPOCH'],
  ] as const)('answers %s at once', async (_what, wanted, error) => {
    const { host } = await stoppedBrokerWithOneRecord();
    await using server = await TestBroker.start({}, host);
    const connection = await server.connect();
    const data = await fetchOne(connection, wanted, { maxWaitMs: 60000, minBytes: 1 });
    expect(data).toMatchObject({ errorCode: ErrorCode[error], highWatermark: -1 });
  });

  it('tells a consumer whose last record was lost in a crash where the logs part', async () => {
    const { host } = await stoppedBrokerWithOneRecord();
    await using server = await TestBroker.start({}, host);
    const connection = await server.connect();
    await append(connection, 'orders', ['written under epoch 1']);
    // The consumer has offset 1 of epoch 0, which this log does not have: epoch 0 ended there.
    const data = await fetchOne(
      connection,
      { fetchOffset: 2, lastFetchedEpoch: 0 },
      { maxWaitMs: 60000, minBytes: 1 },
    );
    expect(data).toMatchObject({ errorCode: 0, divergingEpoch: { epoch: 0, endOffset: 1 } });
    expect(data.records).toHaveLength(0);
    const agreeing = await fetchOne(connection, { fetchOffset: 1, lastFetchedEpoch: 0 });
    expect(valuesOf(agreeing.records)).toEqual(['written under epoch 1']);
  });

  it('waits for minBytes, and no longer than they take', async () => {
    await using server = await TestBroker.start();
    const [reader, writer] = [await server.connect(), await server.connect()];
    await createTopic(writer, 'orders');
    const batchBytes = batchOf(['a']).length;
    const answer = fetchOne(reader, {}, { maxWaitMs: 60000, minBytes: 3 * batchBytes });
    for (const value of ['a', 'b', 'c']) await append(writer, 'orders', [value]);
    expect(valuesOf((await answer).records)).toEqual(['a', 'b', 'c']);
  });

  it('answers with what there is after maxWaitMs', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a']);
    const data = await fetchOne(connection, {}, { maxWaitMs: 30, minBytes: 1 << 20 });
    expect(valuesOf(data.records)).toEqual(['a']);
  });

  it('ends a wait when the topic is deleted', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const answer = fetchOne(connection, {}, { maxWaitMs: 60000, minBytes: 1 });
    // The request is on its way before the topic goes.
    await (await server.connect()).send(produceRequest('nothing', batchOf(['a'])));
    await server.broker.controller.run(({ image }) => ({
      records: [{ type: 'RemoveTopic', data: { topicId: image.topics.byName.get('orders')!.id } }],
      response: undefined,
    }));
    expect((await answer).errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('keeps to maxBytes, but always returns the first batch whole', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    for (const value of ['a', 'b']) await append(connection, 'orders', [value.repeat(500)]);
    const second = produceRequest('orders', batchOf(['c']), { index: 1 });
    await connection.send(second);
    const { responses } = await connection.send(
      fetchRequest([{ partition: 0 }, { partition: 1 }], { maxBytes: 100, minBytes: 1 }),
    );
    const [first, other] = responses.flatMap(({ partitions }) => partitions);
    expect(valuesOf(first!.records)).toEqual(['a'.repeat(500)]);
    expect(other!.records).toHaveLength(0);
  });

  it('lists aborted transactions for readers of committed records only', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a']);
    expect((await fetchOne(connection, {}, { isolationLevel: 1 })).abortedTransactions).toEqual([]);
    expect((await fetchOne(connection, {}, { isolationLevel: 0 })).abortedTransactions).toBeNull();
  });

  it.each([
    ['the leader may not know of it yet, where the epochs agree', 0, ErrorCode.UNKNOWN_LEADER_EPOCH],
    ['nobody knows who is behind, where the request has no epoch', -1, ErrorCode.NOT_LEADER_OR_FOLLOWER],
  ])('refuses a node that has no replica: %s', async (_reason, currentLeaderEpoch, errorCode) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const answer = await fetchOne(connection, { currentLeaderEpoch }, { replicaId: 2 });
    expect(answer.errorCode).toBe(errorCode);
  });
});

describe('a fetch session', () => {
  it('mentions only what is new since its last answer', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    const first = await connection.send(
      fetchRequest([{ partition: 0 }, { partition: 1 }], { sessionEpoch: 0 }),
    );
    expect(first.responses.flatMap(({ partitions }) => partitions)).toHaveLength(2);
    const { sessionId } = first;
    expect(sessionId).toBeGreaterThan(0);

    const quiet = await connection.send(fetchRequest([], { sessionId, sessionEpoch: 1 }));
    expect(quiet).toMatchObject({ sessionId, errorCode: 0, responses: [] });

    await append(connection, 'orders', ['a']);
    const loud = await connection.send(fetchRequest([], { sessionId, sessionEpoch: 2 }));
    const mentioned = loud.responses.flatMap(({ partitions }) => partitions);
    expect(mentioned.map(({ partitionIndex }) => partitionIndex)).toEqual([0]);
    expect(valuesOf(mentioned[0]!.records)).toEqual(['a']);
  });

  it('is refused with the wrong epoch, an unknown id, or a switch to topic ids', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'orders');
    const { sessionId } = await connection.send(fetchRequest([{}], { sessionEpoch: 0 }));
    const send = async (limits: Limits, wanted: readonly Wanted[] = [], version = 12) =>
      (await connection.send(fetchRequest(wanted, limits, version))).errorCode;
    expect(await send({ sessionId, sessionEpoch: 5 })).toBe(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    expect(await send({ sessionId: sessionId ^ 1, sessionEpoch: 1 })).toBe(
      ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
    );
    expect(await send({ sessionId, sessionEpoch: 1 }, [{ topicId }], 13)).toBe(
      ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
    );
  });

  it('forgets partitions, and ends with the last one', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    await append(connection, 'orders', ['a']);
    const wanted = [{ partition: 0 }, { partition: 1 }];
    const { sessionId } = await connection.send(fetchRequest(wanted, { sessionEpoch: 0 }));
    const forget = (partitions: readonly number[]) => [{ topic: 'orders', topicId: ZERO_UUID, partitions }];
    const less = await connection.send(
      fetchRequest([], { sessionId, sessionEpoch: 1, forgottenTopicsData: forget([0]) }),
    );
    expect(less.responses).toEqual([]);
    const none = await connection.send(
      fetchRequest([], { sessionId, sessionEpoch: 2, forgottenTopicsData: forget([1]) }),
    );
    expect(none.sessionId).toBe(0);
    expect(server.broker.fetchSessions.size).toBe(0);
  });
});

/** The disk of a broker that stopped with one record in `orders`, written under leader epoch 0. */
async function stoppedBrokerWithOneRecord() {
  await using server = await TestBroker.start();
  const connection = await server.connect();
  await createTopic(connection, 'orders');
  await append(connection, 'orders', ['written under epoch 0']);
  return { host: server.host };
}
