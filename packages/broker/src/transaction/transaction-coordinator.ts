import type { Host, Logger } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type { CoordinatorLog } from '../coordinator/coordinator-log.ts';
import { coordinatorPartition } from '../coordinator/coordinator-partition.ts';
import { CoordinatorRuntime, type CoordinatorAvailability } from '../coordinator/coordinator-runtime.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { TRANSACTION_VERSION_FEATURE } from '../metadata/features.ts';
import { TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import { MarkerSender } from './marker-sender.ts';
import type {
  EndCall,
  InitCall,
  ListCall,
  ListReply,
  MarkerRequest,
  ProducerReply,
  TransactionCall,
  TransactionReplies,
  TransactionReply,
} from './transaction-calls.ts';
import type { TransactionProperties } from './transaction-properties.ts';
import { refuseTransactionCall } from './transaction-refusal.ts';
import { TransactionStateMachine } from './transaction-state-machine.ts';
import type { MarkerTarget } from './write-marker.ts';

export interface TransactionCoordinatorOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** Asked for each use, so that dynamic changes take hold. */
  readonly config: () => TransactionProperties;
  /** The newest cluster image. */
  readonly image: () => ClusterImage;
  /** An id that no producer had before. */
  readonly nextProducerId: () => Promise<number>;
  readonly markerTarget: () => MarkerTarget;
}

type Runtime = CoordinatorRuntime<TransactionCall, TransactionReply, MarkerRequest>;

/** Hands each call to the runtime of the partition that its transactional id lives in. */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #markers: MarkerSender;
  readonly #runtimes = new Map<number, Runtime>();
  #isClosed = false;

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    this.#markers = new MarkerSender(options.markerTarget, options.logger);
  }

  /** Finalized level of `transaction.version`: 2 lets every end of a transaction raise the epoch (KIP-890). */
  get transactionVersion(): number {
    return this.#options.image().features.get(TRANSACTION_VERSION_FEATURE) ?? 0;
  }

  /**
   * This node leads a partition of `__transaction_state`: its ids are served when the log is replayed.
   * @param leaderEpoch asked for each marker: it rises with an election of the same leader
   */
  onElection(partition: number, leaderEpoch: () => number, log: CoordinatorLog): void {
    if (this.#isClosed) return;
    this.#runtimes.get(partition)?.unload(ErrorCode.NOT_COORDINATOR);
    const { host, logger, config } = this.#options;
    const machine = new TransactionStateMachine({
      coordinatorEpoch: leaderEpoch,
      properties: config,
      transactionVersion: () => this.transactionVersion,
    });
    const runtime: Runtime = new CoordinatorRuntime<TransactionCall, TransactionReply, MarkerRequest>({
      host,
      logger,
      name: `${TRANSACTION_STATE_TOPIC}-${partition}`,
      log,
      machine,
      onRequest: (request) => this.#sendMarkers(runtime, request),
    });
    this.#runtimes.set(partition, runtime);
    // Supervised: `load` handles its own failure.
    void runtime.load();
  }

  /** The partition is led elsewhere or gone: what waits is sent away. */
  onResignation(partition: number): void {
    this.#runtimes.get(partition)?.unload(ErrorCode.NOT_COORDINATOR);
    this.#runtimes.delete(partition);
  }

  /** Of the partitions that are coordinated here. */
  get availability(): readonly CoordinatorAvailability[] {
    return [...this.#runtimes.values()].map(({ availability }) => availability);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#markers.close();
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.close()));
  }

  /** Makes a call about one transactional id. */
  call<Call extends TransactionCall & { readonly transactionalId: string }>(
    call: Call,
  ): TransactionReplies[Call['api']] | Promise<TransactionReplies[Call['api']]> {
    const runtime = this.#runtimeOf(call.transactionalId);
    const reply = runtime?.call(call) ?? refuseTransactionCall(call, ErrorCode.NOT_COORDINATOR);
    // A call is answered with the reply of its own kind; the state machine deals in all of them.
    return reply as TransactionReplies[Call['api']] | Promise<TransactionReplies[Call['api']]>;
  }

  /** Makes a call that may need a producer id: gets one only then. @throws KafkaError when there is none to be had */
  async callWithProducerId(call: InitCall | EndCall): Promise<ProducerReply> {
    const reply = await this.call(call);
    if (reply.needsProducerId !== true) return reply;
    const newProducerId = await this.#options.nextProducerId();
    return this.call({ ...call, newProducerId });
  }

  /** All transactional ids coordinated here that pass the filters, or the error of a partition that cannot tell yet. */
  async list(call: ListCall): Promise<ListReply> {
    const replies = await Promise.all(
      [...this.#runtimes.values()].map(async (runtime) => (await runtime.call(call)) as ListReply),
    );
    const failed = replies.find(({ errorCode }) => errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    if (failed !== undefined) return failed;
    return { errorCode: ErrorCode.NONE, transactions: replies.flatMap(({ transactions }) => transactions) };
  }

  #runtimeOf(transactionalId: string): Runtime | undefined {
    const topic = this.#options.image().topics.byName.get(TRANSACTION_STATE_TOPIC);
    if (topic === undefined) return undefined;
    return this.#runtimes.get(coordinatorPartition(transactionalId, topic.partitions.length));
  }

  #sendMarkers(runtime: Runtime, request: MarkerRequest): void {
    const { transactionalId, producerId, producerEpoch } = request;
    this.#markers.send(request, () => {
      runtime.callWhenLoaded({ api: 'markersWritten', transactionalId, producerId, producerEpoch });
    });
  }
}
