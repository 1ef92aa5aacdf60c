import { KafkaError } from '@millrace/protocol';
import { isNextSequence, type ProducerBatch, type ProducerEntry } from './producer-entry.ts';

/** Header fields of a data batch of an idempotent producer. */
export interface ProducerBatchHeader {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly isTransactional: boolean;
}

/**
 * Whether a leader may append a producer's batch (`ProducerAppendInfo` in Kafka).
 * @param name Topic and partition, for the message.
 * @returns the batch already in the log if this is a repetition of one of the last five, otherwise `undefined`.
 * @throws KafkaError INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER or INVALID_TXN_STATE
 */
export function checkProducerBatch(
  entry: ProducerEntry | undefined,
  batch: ProducerBatchHeader,
  name: string,
): ProducerBatch | undefined {
  const duplicate = entry?.findDuplicate(batch.producerEpoch, batch.baseSequence, batch.lastSequence);
  if (duplicate !== undefined) return duplicate;
  if (entry !== undefined) {
    checkProducerEpoch(entry, batch, name);
    checkSequence(entry, batch, name);
    if (entry.currentTransactionFirstOffset >= 0 && !batch.isTransactional) {
      throw new KafkaError(
        'INVALID_TXN_STATE',
        `Producer ${batch.producerId} has a transaction open on ${name} since offset ` +
          `${entry.currentTransactionFirstOffset}, but sent a batch that is not transactional`,
      );
    }
  }
  return undefined;
}

/**
 * What is checked of a coordinator's batch, too: it comes from this broker, so its sequences say nothing.
 * @throws KafkaError INVALID_PRODUCER_EPOCH
 */
export function checkProducerEpoch(
  entry: ProducerEntry,
  batch: { readonly producerId: number; readonly producerEpoch: number },
  name: string,
): void {
  if (batch.producerEpoch >= entry.producerEpoch) return;
  throw new KafkaError(
    'INVALID_PRODUCER_EPOCH',
    `Producer ${batch.producerId} sent epoch ${batch.producerEpoch} to ${name}, which has seen ${entry.producerEpoch}`,
  );
}

function checkSequence(entry: ProducerEntry, batch: ProducerBatchHeader, name: string): void {
  if (entry.producerEpoch === -1) return;
  const expected = batch.producerEpoch === entry.producerEpoch ? entry.lastSequence : -1;
  if (isNextSequence(expected, batch.baseSequence)) return;
  throw new KafkaError(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `Producer ${batch.producerId} (epoch ${batch.producerEpoch}) sent sequence ${batch.baseSequence} to ${name} ` +
      `after sequence ${expected}`,
  );
}

/** @throws KafkaError TRANSACTION_COORDINATOR_FENCED or INVALID_PRODUCER_EPOCH */
export function checkTransactionMarker(
  entry: ProducerEntry | undefined,
  marker: { readonly producerId: number; readonly producerEpoch: number; readonly coordinatorEpoch: number },
  name: string,
  transactionVersion = 0,
): void {
  if (entry === undefined) return;
  if (isMarkerStale(entry, marker, transactionVersion)) {
    throw new KafkaError(
      'INVALID_PRODUCER_EPOCH',
      `Transaction marker for producer ${marker.producerId} on ${name} has epoch ${marker.producerEpoch}, ` +
        `but ${entry.producerEpoch} was seen`,
    );
  }
  if (marker.coordinatorEpoch < entry.coordinatorEpoch) {
    throw new KafkaError(
      'TRANSACTION_COORDINATOR_FENCED',
      `Transaction marker on ${name} comes from coordinator epoch ${marker.coordinatorEpoch}, ` +
        `but ${entry.coordinatorEpoch} was seen`,
    );
  }
}

const EPOCH_BUMP_VERSION = 2;
/** The epoch of the last marker of an id whose epochs are used up; there is none above it. */
const LAST_EPOCH = 0x7fff;

/**
 * Where ends raise the epoch, a marker lies above the records it ends. One that is equal repeats the last marker, which
 * is fine as long as no transaction has begun since.
 */
function isMarkerStale(
  entry: ProducerEntry,
  { producerEpoch }: { readonly producerEpoch: number },
  transactionVersion: number,
): boolean {
  if (producerEpoch !== entry.producerEpoch) return producerEpoch < entry.producerEpoch;
  if (transactionVersion < EPOCH_BUMP_VERSION || producerEpoch === LAST_EPOCH) return false;
  return entry.currentTransactionFirstOffset >= 0;
}
