import { isPrepared, type TransactionState } from './transaction-state.ts';

/** "No producer id" in records and answers. */
export const NO_PRODUCER_ID = -1;
/** "No epoch" in records and answers; the epoch of an id whose first record is not written yet. */
export const NO_PRODUCER_EPOCH = -1;
/** The last epoch a client gets: markers of its transaction may still need the one after it, 32767. */
const LAST_CLIENT_EPOCH = 0x7fff - 1;
/** From this level of `transaction.version` on, every end of a transaction raises the epoch (KIP-890). */
export const EPOCH_BUMP_VERSION = 2;

/** Partitions by topic. */
export type TransactionPartitions = ReadonlyMap<string, ReadonlySet<number>>;

export const noPartitions: TransactionPartitions = new Map();

/** What is known of a transactional id: the content of its record. Never changed, only replaced. */
export interface TransactionMetadata {
  readonly producerId: number;
  /** The id before the last change of state: tells a retry from a stranger after a rotation. */
  readonly previousProducerId: number;
  /** The id that the completion switches to, because the epochs of this one are used up; -1 for none. */
  readonly nextProducerId: number;
  readonly producerEpoch: number;
  /** The epoch before the last bump; -1 when the producer may not go on from it. Not in the record. */
  readonly lastProducerEpoch: number;
  readonly timeoutMs: number;
  readonly state: TransactionState;
  readonly partitions: TransactionPartitions;
  /** Wall time; -1 before the first transaction. */
  readonly startTimestampMs: number;
  readonly lastUpdateTimestampMs: number;
  /** Level of `transaction.version` that the client speaks. */
  readonly clientVersion: number;
}

/** An id that nobody has used before; its first record raises the epoch to 0. */
export function newTransactionMetadata(
  producerId: number,
  timeoutMs: number,
  nowMs: number,
): TransactionMetadata {
  return {
    producerId,
    previousProducerId: NO_PRODUCER_ID,
    nextProducerId: NO_PRODUCER_ID,
    producerEpoch: NO_PRODUCER_EPOCH,
    lastProducerEpoch: NO_PRODUCER_EPOCH,
    timeoutMs,
    state: 'Empty',
    partitions: noPartitions,
    startTimestampMs: -1,
    lastUpdateTimestampMs: nowMs,
    clientVersion: 0,
  };
}

/** Must the next epoch be that of another producer id? */
export function isEpochExhausted(producerEpoch: number): boolean {
  return producerEpoch >= LAST_CLIENT_EPOCH;
}

/** A changed copy; each change remembers the producer id it found. */
export function change(
  metadata: TransactionMetadata,
  changes: Partial<TransactionMetadata>,
  nowMs: number,
): TransactionMetadata {
  return {
    ...metadata,
    previousProducerId: metadata.producerId,
    lastUpdateTimestampMs: nowMs,
    ...changes,
  };
}

/** What follows when all markers of a prepared transaction are written. */
export function completed(metadata: TransactionMetadata, nowMs: number): TransactionMetadata {
  const { state, clientVersion, nextProducerId } = metadata;
  if (!isPrepared(state)) throw new Error(`A transaction in state ${state} cannot complete`);
  const rotates = clientVersion >= EPOCH_BUMP_VERSION && nextProducerId !== NO_PRODUCER_ID;
  return change(
    metadata,
    {
      state: state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
      partitions: noPartitions,
      nextProducerId: NO_PRODUCER_ID,
      ...(rotates ? { producerId: nextProducerId, producerEpoch: 0 } : {}),
    },
    nowMs,
  );
}

/** Both sets of partitions together. */
export function addPartitions(
  known: TransactionPartitions,
  added: TransactionPartitions,
): TransactionPartitions {
  const union = new Map<string, ReadonlySet<number>>(known);
  for (const [topic, partitions] of added) {
    union.set(topic, new Set([...(known.get(topic) ?? []), ...partitions]));
  }
  return union;
}

/** Does `known` hold every partition of `wanted`? */
export function hasPartitions(known: TransactionPartitions, wanted: TransactionPartitions): boolean {
  for (const [topic, partitions] of wanted) {
    const present = known.get(topic);
    for (const partition of partitions) if (present?.has(partition) !== true) return false;
  }
  return true;
}
