import type { Logger, Timer } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import { TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import { LocalMarkers, type MarkerTarget } from './local-markers.ts';
import { RemoteMarkers, type PartitionMarker } from './remote-markers.ts';
import type { MarkerRequest } from './transaction-calls.ts';
import { MARKER_RETRY_MS } from './transaction-limits.ts';

/** The time for which this node coordinates a partition of `__transaction_state`. */
export interface CoordinatorTerm {
  /** Somebody else has the partition, or will: whatever is under way is left to it. */
  isOver: boolean;
  /** Leader epoch of the partition, asked for each marker: it rises with an election of the same leader. */
  readonly coordinatorEpoch: () => number;
}

export interface MarkerSenderOptions {
  readonly nodeId: number;
  readonly target: () => MarkerTarget;
  readonly logger: Logger;
  /** To nodes that lead partitions of transactions. An answer may take as long as a partition takes to replicate. */
  readonly channels: () => NodeChannels;
}

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** `written`, or no longer needed; `left` to whoever took over the transaction or this partition. */
type Delivery = 'written' | 'left';

/** Somebody newer has taken over the transaction, or this coordinator's partition. */
const superseded: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.TRANSACTION_COORDINATOR_FENCED,
]);

/** Brings the markers of decided transactions to the leaders of all their partitions, however often it takes. */
export class MarkerSender {
  /** Writes to the partitions that this node leads. */
  readonly local: LocalMarkers;
  readonly #options: MarkerSenderOptions;
  readonly #remote: RemoteMarkers;
  readonly #timers = new Set<Timer>();
  #isClosed = false;

  constructor(options: MarkerSenderOptions) {
    this.#options = options;
    this.local = new LocalMarkers(options.target);
    this.#remote = new RemoteMarkers(options.channels);
  }

  /** @param onDone called once when no partition is left; never when somebody else has taken over */
  send(request: MarkerRequest, term: CoordinatorTerm, onDone: () => void): void {
    // Supervised: no delivery rejects.
    void this.#deliverAll(request, term, onDone);
  }

  /** Forgets what is to be sent again; the next coordinator begins anew. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  async #deliverAll(request: MarkerRequest, term: CoordinatorTerm, onDone: () => void): Promise<void> {
    const partitions = [...request.partitions].flatMap(([topic, ids]) =>
      [...ids].map((partition): TopicPartition => ({ topic, partition })),
    );
    const markers = new MarkerOfTerm(request, term);
    const deliveries = await Promise.all(partitions.map((one) => this.#deliver(one, markers)));
    if (deliveries.every((delivery) => delivery === 'written') && !term.isOver && !this.#isClosed) onDone();
  }

  /** Each partition for itself: one that cannot be written to keeps none of the others waiting. Never rejects. */
  async #deliver(partition: TopicPartition, markers: MarkerOfTerm): Promise<Delivery> {
    for (;;) {
      const marker = markers.current();
      const errorCode = await this.#write({ ...partition, marker });
      if (this.#isClosed || markers.term.isOver) return 'left';
      if (errorCode === ErrorCode.NONE || this.#isGone(partition)) return 'written';
      if (superseded.has(errorCode) && marker.coordinatorEpoch >= markers.term.coordinatorEpoch()) {
        this.#warn(markers.request, errorCode);
        return 'left';
      }
      await this.#pause();
    }
  }

  #write(item: PartitionMarker): Promise<number> {
    const { image } = this.#options.target();
    const leader = image.topics.byName.get(item.topic)?.partitions[item.partition]?.leader ?? -1;
    if (leader === this.#options.nodeId) return this.local.write(item);
    if (leader === -1) return Promise.resolve(ErrorCode.LEADER_NOT_AVAILABLE);
    return this.#remote.write(leader, item);
  }

  /** A partition whose topic was deleted needs no marker any more. */
  #isGone({ topic, partition }: TopicPartition): boolean {
    const { byName } = this.#options.target().image.topics;
    // At the start of a broker the coordinator may be ready before the first image is published.
    const isPublished = byName.has(TRANSACTION_STATE_TOPIC);
    return isPublished && byName.get(topic)?.partitions[partition] === undefined;
  }

  #warn({ transactionalId, producerId, producerEpoch }: MarkerRequest, errorCode: number): void {
    this.#options.logger.warn(
      'A marker of a transaction was refused; the transaction is left to whoever took it over',
      { transactionalId, producerId, producerEpoch, error: kafkaErrorName(errorCode) },
    );
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const resume = (): void => {
        this.#timers.delete(timer);
        resolve();
      };
      const { host } = this.#options.target();
      const timer = host.timers.schedule(MARKER_RETRY_MS, resume, { background: true });
      this.#timers.add(timer);
    });
  }
}

/** The markers of one transaction: all alike, but for the epoch of a coordinator that was elected again meanwhile. */
class MarkerOfTerm {
  readonly request: MarkerRequest;
  readonly term: CoordinatorTerm;
  #marker: PartitionMarker['marker'];

  constructor(request: MarkerRequest, term: CoordinatorTerm) {
    const { producerId, producerEpoch, coordinatorEpoch, isCommit, transactionVersion } = request;
    const producer = { producerId, producerEpoch, coordinatorEpoch };
    this.#marker = { type: 'marker', ...producer, isCommit, transactionVersion };
    this.request = request;
    this.term = term;
  }

  current(): PartitionMarker['marker'] {
    const coordinatorEpoch = this.term.coordinatorEpoch();
    if (coordinatorEpoch > this.#marker.coordinatorEpoch)
      this.#marker = { ...this.#marker, coordinatorEpoch };
    return this.#marker;
  }
}
