import { WireReader } from '@millrace/protocol';
import { TransactionLogKey, TransactionLogValue } from '@millrace/protocol/messages/coordinator-records';
import { prefixedBytes } from '../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../coordinator/state-machine.ts';
import { NO_PRODUCER_EPOCH, type TransactionMetadata } from './transaction-metadata.ts';
import { TransactionState, transactionStateOf } from './transaction-state.ts';

/** A record of `__transaction_state`; `metadata` null removes the id. */
export interface TransactionRecord {
  readonly transactionalId: string;
  readonly metadata: TransactionMetadata | null;
}

const TRANSACTION_KEY = 0;
/** The level of `transaction.version` that brings the flexible value. */
const FIRST_LEVEL_WITH_TAGS = 1;

/**
 * The bytes of a record as Apache Kafka writes them.
 * @param transactionVersion finalized level of `transaction.version`: decides on the version of the value
 */
export function encodeTransactionRecord(
  { transactionalId, metadata }: TransactionRecord,
  transactionVersion: number,
): CoordinatorRecord {
  const key = prefixedBytes(TRANSACTION_KEY, (writer) =>
    TransactionLogKey.write(writer, { transactionalId }, 0),
  );
  if (metadata === null) return { key, value: null };
  const version = transactionVersion >= FIRST_LEVEL_WITH_TAGS ? 1 : 0;
  const fields = {
    producerId: metadata.producerId,
    producerEpoch: metadata.producerEpoch,
    transactionTimeoutMs: metadata.timeoutMs,
    transactionStatus: TransactionState[metadata.state],
    transactionPartitions: partitionsOf(metadata),
    transactionLastUpdateTimestampMs: metadata.lastUpdateTimestampMs,
    transactionStartTimestampMs: metadata.startTimestampMs,
  };
  const tags = {
    previousProducerId: metadata.previousProducerId,
    nextProducerId: metadata.nextProducerId,
    clientTransactionVersion: metadata.clientVersion,
  };
  const value = prefixedBytes(version, (writer) =>
    TransactionLogValue.write(writer, version === 0 ? fields : { ...fields, ...tags }, version),
  );
  return { key, value };
}

/**
 * Reads a record back.
 * @returns `undefined` for keys of later versions
 * @throws DecodeError for a damaged record
 */
export function decodeTransactionRecord({ key, value }: CoordinatorRecord): TransactionRecord | undefined {
  const keyReader = new WireReader(key);
  if (keyReader.int16() !== TRANSACTION_KEY) return undefined;
  const { transactionalId } = TransactionLogKey.read(keyReader, 0);
  if (value === null) return { transactionalId, metadata: null };
  const reader = new WireReader(value);
  const fields = TransactionLogValue.read(reader, reader.int16());
  const partitions = fields.transactionPartitions ?? [];
  return {
    transactionalId,
    metadata: {
      producerId: fields.producerId,
      previousProducerId: fields.previousProducerId,
      nextProducerId: fields.nextProducerId,
      producerEpoch: fields.producerEpoch,
      lastProducerEpoch: NO_PRODUCER_EPOCH,
      timeoutMs: fields.transactionTimeoutMs,
      state: transactionStateOf(fields.transactionStatus),
      partitions: new Map(partitions.map(({ topic, partitionIds }) => [topic, new Set(partitionIds)])),
      startTimestampMs: fields.transactionStartTimestampMs,
      lastUpdateTimestampMs: fields.transactionLastUpdateTimestampMs,
      clientVersion: fields.clientTransactionVersion,
    },
  };
}

function partitionsOf({ state, partitions }: TransactionMetadata) {
  if (state === 'Empty') return null;
  return Array.from(partitions, ([topic, ids]) => ({ topic, partitionIds: [...ids] }));
}
