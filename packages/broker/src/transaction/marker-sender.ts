import type { Logger, Timer } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import type { MarkerRequest } from './transaction-calls.ts';
import { MARKER_RETRY_MS } from './transaction-limits.ts';
import { writeMarker, type MarkerTarget } from './write-marker.ts';

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Somebody newer has taken over the transaction, or this coordinator's partition. */
const superseded: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.TRANSACTION_COORDINATOR_FENCED,
]);

/** Brings the markers of decided transactions to all their partitions, however often it takes. */
export class MarkerSender {
  readonly #target: () => MarkerTarget;
  readonly #logger: Logger;
  readonly #timers = new Set<Timer>();
  #isClosed = false;

  constructor(target: () => MarkerTarget, logger: Logger) {
    this.#target = target;
    this.#logger = logger;
  }

  /** @param onDone called once when no partition is left; never when the transaction was taken over. */
  send(request: MarkerRequest, onDone: () => void): void {
    const partitions = [...request.partitions].flatMap(([topic, ids]) =>
      [...ids].map((partition): TopicPartition => ({ topic, partition })),
    );
    // Supervised: `#round` handles its own failures.
    void this.#round(request, partitions, onDone);
  }

  /** Forgets what is to be sent again; the next coordinator begins anew. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  async #round(
    request: MarkerRequest,
    partitions: readonly TopicPartition[],
    onDone: () => void,
  ): Promise<void> {
    const { producerId, producerEpoch, coordinatorEpoch, isCommit, transactionVersion } = request;
    const marker = {
      type: 'marker',
      producerId,
      producerEpoch,
      coordinatorEpoch,
      isCommit,
      transactionVersion,
    } as const;
    const target = this.#target();
    const errorCodes = await Promise.all(
      partitions.map(({ topic, partition }) => writeMarker(target, topic, partition, marker)),
    );
    if (this.#isClosed) return;
    const taken = errorCodes.find((errorCode) => superseded.has(errorCode));
    if (taken !== undefined) {
      this.#logger.warn('Markers of a transaction were refused; it is left to whoever took it over', {
        transactionalId: request.transactionalId,
        producerId,
        producerEpoch,
        error: kafkaErrorName(taken),
      });
      return;
    }
    const left = partitions.filter((partition, index) => this.#isOpen(partition, errorCodes[index]!));
    if (left.length === 0) onDone();
    else this.#again(() => void this.#round(request, left, onDone));
  }

  /** A partition whose topic was deleted needs no marker any more. */
  #isOpen({ topic, partition }: TopicPartition, errorCode: number): boolean {
    if (errorCode === ErrorCode.NONE) return false;
    const { byName } = this.#target().image.topics;
    // At the start of a broker the coordinator may be ready before the first image is published.
    const isPublished = byName.has(TRANSACTION_STATE_TOPIC);
    return !isPublished || byName.get(topic)?.partitions[partition] !== undefined;
  }

  #again(round: () => void): void {
    const run = (): void => {
      this.#timers.delete(timer);
      round();
    };
    const timer = this.#target().host.timers.schedule(MARKER_RETRY_MS, run, { background: true });
    this.#timers.add(timer);
  }
}
