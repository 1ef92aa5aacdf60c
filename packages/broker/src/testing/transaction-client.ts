import { buildBatch, decodeRecords, ErrorCode, recordBatches } from '@millrace/protocol';
import {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
} from '@millrace/protocol/messages/add-offsets-to-txn';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { EndTxnRequest, EndTxnResponse } from '@millrace/protocol/messages/end-txn';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import {
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from '@millrace/protocol/messages/txn-offset-commit';
import type { RawConnection } from './raw-connection.ts';
import { createTopic, RECORD_TIME_MS } from './requests.ts';
import type { TestBroker } from './test-broker.ts';

/** Id and epoch that requests carry. */
export interface Producer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

const READ_COMMITTED = 1;

/** A transactional producer and reader that sends exactly what a test wants. */
export class TransactionClient {
  readonly connection: RawConnection;
  readonly transactionalId: string;
  /** As the last `init` or end of the second generation said. */
  producer: Producer = { producerId: -1, producerEpoch: -1 };

  private constructor(connection: RawConnection, transactionalId: string) {
    this.connection = connection;
    this.transactionalId = transactionalId;
  }

  /** Connects, and waits until both coordinators are there. */
  static async start(server: TestBroker, transactionalId: string): Promise<TransactionClient> {
    const connection = await server.connect();
    for (const keyType of [0, 1]) {
      await connection.send({
        request: FindCoordinatorRequest,
        response: FindCoordinatorResponse,
        version: 4,
        message: { keyType, coordinatorKeys: [transactionalId] },
      });
    }
    const client = new TransactionClient(connection, transactionalId);
    for (;;) {
      const { errorCode } = await client.offsets('nobody', 't');
      const added = await client.add('t', [0]);
      if (errorCode === ErrorCode.NONE && added !== ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) return client;
    }
  }

  /** Over a connection to whichever node is to be asked. */
  static over(connection: RawConnection, transactionalId: string, producer?: Producer): TransactionClient {
    const client = new TransactionClient(connection, transactionalId);
    if (producer !== undefined) client.producer = producer;
    return client;
  }

  /** Another client of the same id, over the same connection. */
  twin(): TransactionClient {
    return new TransactionClient(this.connection, this.transactionalId);
  }

  createTopic(name: string, partitions = 1): Promise<string> {
    return createTopic(this.connection, name, { partitions });
  }

  async init(version = 5, expected: Producer = { producerId: -1, producerEpoch: -1 }, timeoutMs = 60_000) {
    const answer = await this.connection.send({
      request: InitProducerIdRequest,
      response: InitProducerIdResponse,
      version,
      message: { transactionalId: this.transactionalId, transactionTimeoutMs: timeoutMs, ...expected },
    });
    if (answer.errorCode === ErrorCode.NONE) this.producer = answer;
    return answer;
  }

  /** The same, again and again while the transaction before is completed. */
  async initUntilReady(timeoutMs?: number): Promise<void> {
    for (;;) {
      const { errorCode } = await this.init(5, undefined, timeoutMs);
      if (errorCode === ErrorCode.NONE) return;
      if (errorCode !== ErrorCode.CONCURRENT_TRANSACTIONS) throw new Error(`InitProducerId got ${errorCode}`);
    }
  }

  /** AddPartitionsToTxn of the first generation. */
  async add(topic: string, partitions: readonly number[], version = 3): Promise<number> {
    const { resultsByTopicV3AndBelow } = await this.connection.send({
      request: AddPartitionsToTxnRequest,
      response: AddPartitionsToTxnResponse,
      version,
      message: {
        v3AndBelowTransactionalId: this.transactionalId,
        v3AndBelowProducerId: this.producer.producerId,
        v3AndBelowProducerEpoch: this.producer.producerEpoch,
        v3AndBelowTopics: [{ name: topic, partitions }],
      },
    });
    return resultsByTopicV3AndBelow[0]!.resultsByPartition[0]!.partitionErrorCode;
  }

  async addOffsets(groupId: string): Promise<number> {
    const { errorCode } = await this.connection.send({
      request: AddOffsetsToTxnRequest,
      response: AddOffsetsToTxnResponse,
      version: 3,
      message: { transactionalId: this.transactionalId, groupId, ...idOf(this.producer) },
    });
    return errorCode;
  }

  /** @param version 11 for the first generation, 12 for the second */
  async produce(
    topic: string,
    value: string,
    baseSequence: number,
    options: { readonly version?: number; readonly producer?: Producer; readonly index?: number } = {},
  ): Promise<number> {
    const { version = 12, producer = this.producer, index = 0 } = options;
    const records = buildBatch([{ timestampMs: RECORD_TIME_MS, key: null, value }], {
      ...idOf(producer),
      baseSequence,
      isTransactional: true,
    });
    const { responses } = await this.connection.send({
      request: ProduceRequest,
      response: ProduceResponse,
      version,
      message: {
        transactionalId: this.transactionalId,
        acks: -1,
        timeoutMs: 1000,
        topicData: [{ name: topic, partitionData: [{ index, records }] }],
      },
    });
    return responses[0]!.partitionResponses[0]!.errorCode;
  }

  /** @param version 3 for the first generation, 5 for the second */
  async commitOffset(groupId: string, topic: string, offset: number, version = 5): Promise<number> {
    const partition = {
      partitionIndex: 0,
      committedOffset: offset,
      committedLeaderEpoch: -1,
      committedMetadata: '',
    };
    const answer = await this.connection.send({
      request: TxnOffsetCommitRequest,
      response: TxnOffsetCommitResponse,
      version,
      message: {
        transactionalId: this.transactionalId,
        groupId,
        ...idOf(this.producer),
        topics: [{ name: topic, partitions: [partition] }],
      },
    });
    return answer.topics[0]!.partitions[0]!.errorCode;
  }

  /** @param version 4 for the first generation, 5 for the second */
  async end(committed: boolean, version = 5, producer: Producer = this.producer) {
    const answer = await this.connection.send({
      request: EndTxnRequest,
      response: EndTxnResponse,
      version,
      message: { transactionalId: this.transactionalId, ...idOf(producer), committed },
    });
    if (answer.errorCode === ErrorCode.NONE && version >= 5) this.producer = answer;
    return answer;
  }

  /** The committed offset of partition 0, and the error of the answer. */
  async offsets(groupId: string, topic: string, requireStable = false) {
    const { groups } = await this.connection.send({
      request: OffsetFetchRequest,
      response: OffsetFetchResponse,
      version: 9,
      message: { groups: [{ groupId, topics: [{ name: topic, partitionIndexes: [0] }] }], requireStable },
    });
    const { errorCode, topics } = groups[0]!;
    const partition = topics[0]?.partitions[0];
    return { errorCode: errorCode || (partition?.errorCode ?? 0), offset: partition?.committedOffset ?? -1 };
  }

  /** Values that a read_committed reader gets of partition 0, and where it stops. */
  async readCommitted(
    topic: string,
  ): Promise<{ readonly values: string[]; readonly lastStableOffset: number }> {
    const { responses } = await this.connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 11,
      message: {
        maxWaitMs: 0,
        minBytes: 0,
        isolationLevel: READ_COMMITTED,
        topics: [{ topic, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
      },
    });
    const { records, abortedTransactions, lastStableOffset } = responses[0]!.partitions[0]!;
    const left = new Map((abortedTransactions ?? []).map((one) => [one.firstOffset, one.producerId]));
    const aborted = new Set<number>();
    const values: string[] = [];
    for (const batch of recordBatches(records!)) {
      for (const [firstOffset, producerId] of left)
        if (firstOffset <= batch.lastOffset) aborted.add(producerId);
      for (const firstOffset of left.keys()) if (firstOffset <= batch.lastOffset) left.delete(firstOffset);
      if (batch.isControl) aborted.delete(batch.producerId);
      else if (!batch.isTransactional || !aborted.has(batch.producerId))
        values.push(...decodeRecords(batch).map(({ value }) => String(value)));
    }
    return { values, lastStableOffset };
  }
}

function idOf({ producerId, producerEpoch }: Producer): Producer {
  return { producerId, producerEpoch };
}
