import type { PartitionLog } from '@millrace/log';
import {
  batchBaseSequence,
  batchProducerEpoch,
  batchProducerId,
  isBatchControl,
  isBatchTransactional,
  KafkaError,
} from '@millrace/protocol';
import { VerificationGuard } from './verification-guard.ts';

/** Batches of the coordinator have no sequence. */
const NO_SEQUENCE = -1;

/** Verifications of producers that gave up; when there are more, the oldest go, and their owners ask again. */
const MAX_GUARDS = 10_000;

/**
 * Keeps transactional records out of a partition unless the transaction coordinator knows that the transaction is open
 * here (KIP-890):
 *
 * 1. A produce request is on its way. 2. Its transaction is aborted, and the marker written. 3. The request arrives.
 *
 * Without this the records of 3 would open a transaction that nobody ever ends, and read_committed readers would stop
 * there for ever. With it, the first batch of a transaction needs a guard from before the coordinator was asked, and a
 * marker in between takes it away.
 */
export class TransactionVerification {
  readonly #log: PartitionLog;
  readonly #name: string;
  readonly #guards = new Map<number, VerificationGuard>();

  constructor(log: PartitionLog, name: string) {
    this.#log = log;
    this.#name = name;
  }

  /** Does the partition hold records of an open transaction of the producer, in this epoch? */
  isOpen(producerId: number, producerEpoch: number): boolean {
    const producer = this.#log.producer(producerId);
    return (
      producer !== undefined &&
      producer.currentTransactionFirstOffset >= 0 &&
      producer.producerEpoch === producerEpoch
    );
  }

  /** Call before the coordinator is asked; the append needs the result. */
  begin(batch: {
    readonly producerId: number;
    readonly producerEpoch: number;
    readonly baseSequence: number;
    readonly raisesEpoch: boolean;
  }): VerificationGuard {
    const { producerId, producerEpoch, baseSequence, raisesEpoch } = batch;
    const known = this.#guards.get(producerId);
    if (known !== undefined && known.producerEpoch === producerEpoch) {
      known.lowestSequence = Math.min(known.lowestSequence, baseSequence);
      return known;
    }
    const guard = new VerificationGuard(producerId, producerEpoch, raisesEpoch, baseSequence);
    if (this.#guards.size >= MAX_GUARDS) this.#guards.delete(this.#guards.keys().next().value!);
    this.#guards.set(producerId, guard);
    return guard;
  }

  /**
   * Call right before the append, in the same turn.
   * @throws KafkaError INVALID_TXN_STATE without a guard, NOT_ENOUGH_REPLICAS with one from before a marker: whoever sends
   * the batch again is verified again; OUT_OF_ORDER_SEQUENCE_NUMBER
   */
  check(records: Buffer, guard: VerificationGuard | undefined): void {
    if (isBatchControl(records, 0) || !isBatchTransactional(records, 0)) return;
    const producerId = batchProducerId(records, 0);
    if (this.isOpen(producerId, batchProducerEpoch(records, 0))) return;
    const expected = this.#guards.get(producerId);
    if (guard !== undefined && guard !== expected) {
      // The answer of the coordinator may be from before the marker. Asked again, it knows.
      throw new KafkaError(
        'NOT_ENOUGH_REPLICAS',
        `A transaction of producer ${producerId} has ended on ${this.#name} meanwhile; it has to be verified again`,
      );
    }
    if (guard === undefined) {
      throw new KafkaError(
        'INVALID_TXN_STATE',
        `The transaction of producer ${producerId} is not known to be open on ${this.#name}`,
      );
    }
    this.#checkSequence(guard, batchBaseSequence(records, 0));
  }

  /** Call when records were appended: a transaction that has begun, or ended, needs no guard. */
  onAppended(records: Buffer): void {
    if (isBatchTransactional(records, 0)) this.#guards.delete(batchProducerId(records, 0));
  }

  #checkSequence({ producerId, raisesEpoch, lowestSequence }: VerificationGuard, sequence: number): void {
    if (sequence === NO_SEQUENCE) return;
    const isUnknown = this.#log.producer(producerId) === undefined;
    if (sequence > lowestSequence || (raisesEpoch && isUnknown && sequence !== 0)) {
      throw new KafkaError(
        'OUT_OF_ORDER_SEQUENCE_NUMBER',
        `Producer ${producerId} begins its transaction on ${this.#name} with sequence ${sequence}`,
      );
    }
  }
}
