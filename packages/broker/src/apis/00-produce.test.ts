import { buildBatch, ErrorCode, type KafkaErrorName } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest, RECORD_TIME_MS } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface Attempt {
  readonly topic?: string;
  readonly topicId?: string;
  readonly index?: number;
  readonly acks?: number;
  readonly version?: number;
  readonly clientId?: string;
  readonly records?: Buffer;
}

async function attempt(connection: RawConnection, options: Attempt) {
  const { topic = 'orders', records = batchOf(['a']), clientId = 'raw', ...rest } = options;
  const { responses } = await connection.send({ ...produceRequest(topic, records, rest), clientId });
  return responses[0]!.partitionResponses[0]!;
}

const record = { timestampMs: RECORD_TIME_MS, key: 'k', value: 'v' };

describe('Produce', () => {
  it.each([3, 7, 9, 12])('appends a batch and says where, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await attempt(connection, { version, records: batchOf(['a', 'b']) });
    expect(await attempt(connection, { version })).toMatchObject({
      errorCode: ErrorCode.NONE,
      baseOffset: 2,
      logAppendTimeMs: -1,
      logStartOffset: version >= 5 ? 0 : -1,
    });
  });

  it('finds the topic by id from version 13 on', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'orders');
    expect(await attempt(connection, { version: 13, topicId })).toMatchObject({ errorCode: ErrorCode.NONE });
    const unknown = await attempt(connection, { version: 13, topicId: 'AAAAAAAAAAAAAAAAAAAAZA' });
    expect(unknown.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_ID);
  });

  it('stamps records of topics with LogAppendTime', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'message.timestamp.type': 'LogAppendTime' } });
    expect((await attempt(connection, {})).logAppendTimeMs).toBeGreaterThan(RECORD_TIME_MS);
  });

  it('gives the offsets of the first time to a batch that an idempotent producer sends again', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const batch = () => buildBatch([record], { producerId: 1, producerEpoch: 0, baseSequence: 0 });
    await attempt(connection, { records: batch() });
    await attempt(connection, {});
    expect(await attempt(connection, { records: batch() })).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(2);
  });

  const refusals: readonly [what: string, error: KafkaErrorName, attempt: Attempt][] = [
    ['acks of 2', 'INVALID_REQUIRED_ACKS', { acks: 2 }],
    ['a topic that does not exist', 'UNKNOWN_TOPIC_OR_PARTITION', { topic: 'nothing' }],
    ['a partition that does not exist', 'UNKNOWN_TOPIC_OR_PARTITION', { index: 1 }],
    ['a negative partition', 'UNKNOWN_TOPIC_OR_PARTITION', { index: -1 }],
    ['an internal topic', 'INVALID_TOPIC_EXCEPTION', { topic: '__consumer_offsets' }],
    ['no batch at all', 'INVALID_RECORD', { records: Buffer.alloc(0) }],
    ['a batch cut short', 'INVALID_RECORD', { records: batchOf(['a', 'b']).subarray(0, 70) }],
    ['two batches at once', 'INVALID_RECORD', { records: Buffer.concat([batchOf(['a']), batchOf(['b'])]) }],
    ['a batch over max.message.bytes', 'MESSAGE_TOO_LARGE', { records: batchOf(['x'.repeat(2000)]) }],
    [
      'zstd before version 7',
      'UNSUPPORTED_COMPRESSION_TYPE',
      { version: 6, records: buildBatch([record], { compression: 'zstd' }) },
    ],
    [
      'a transactional batch without a transactional id',
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      {
        records: buildBatch([record], {
          isTransactional: true,
          producerId: 1,
          producerEpoch: 0,
          baseSequence: 0,
        }),
      },
    ],
    [
      'a sequence with a gap',
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
      { records: buildBatch([record], { producerId: 7, producerEpoch: 0, baseSequence: 5 }) },
    ],
    ['a control batch', 'INVALID_RECORD', { records: buildBatch([record], { isControl: true }) }],
    [
      'a record from the far future',
      'INVALID_TIMESTAMP',
      { records: buildBatch([{ ...record, timestampMs: 9e14 }]) },
    ],
  ];

  /** Where the log itself looked at the batch and Kafka says where it starts. */
  const refusedWithLogStart = new Set([
    'a batch cut short',
    'a sequence with a gap',
    'a control batch',
    'a record from the far future',
  ]);

  it.each(refusals)('refuses %s with %s', async (what, error, options) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'max.message.bytes': '1000' } });
    await createTopic(connection, '__consumer_offsets');
    await attempt(connection, {
      records: buildBatch([record], { producerId: 7, producerEpoch: 0, baseSequence: 0 }),
    });
    const refused = await attempt(connection, options);
    const logStartOffset = refusedWithLogStart.has(what) ? 0 : -1;
    expect(refused).toMatchObject({ errorCode: ErrorCode[error], baseOffset: -1, logStartOffset });
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(1);
    expect(server.complaints).toEqual([]);
  });

  it('names the records at fault from version 8 on', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'cleanup.policy': 'compact' } });
    const records = buildBatch([record, { ...record, key: null }]);
    const refused = await attempt(connection, { version: 8, records });
    expect(refused.errorCode).toBe(ErrorCode.INVALID_RECORD);
    expect(refused.recordErrors.map(({ batchIndex }) => batchIndex)).toEqual([1]);
  });

  it('lets the tools of Kafka write to internal topics', async () => {
    await using server = await TestBroker.start();
    await server.broker.ensureInternalTopic('__consumer_offsets');
    const written = await attempt(await server.connect(), {
      topic: '__consumer_offsets',
      clientId: '__admin_client',
    });
    expect(written.errorCode).toBe(ErrorCode.NONE);
  });

  it('answers each partition by itself', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    const base = produceRequest('orders', batchOf(['a']));
    const partitionData = [0, 5, 1].map((index) => ({ index, records: batchOf(['a']) }));
    const { responses } = await connection.send({
      ...base,
      message: { ...base.message, topicData: [{ name: 'orders', partitionData }] },
    });
    expect(responses[0]!.partitionResponses.map(({ index, errorCode }) => [index, errorCode])).toEqual([
      [0, ErrorCode.NONE],
      [5, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
      [1, ErrorCode.NONE],
    ]);
  });
});
