import type { Host, Logger } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type { CoordinatorLog } from '../coordinator/coordinator-log.ts';
import { coordinatorPartition } from '../coordinator/coordinator-partition.ts';
import { CoordinatorRuntime, type CoordinatorAvailability } from '../coordinator/coordinator-runtime.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { TRANSACTION_VERSION_FEATURE } from '../metadata/features.ts';
import { TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import { coordinatorNode, NO_NODE } from '../coordinator/coordinator-node.ts';
import type { MarkerTarget } from './local-markers.ts';
import { MarkerSender, type CoordinatorTerm } from './marker-sender.ts';
import { RemoteCoverage, type CoverageCall } from './remote-coverage.ts';
import type { PartitionMarker } from './remote-markers.ts';
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
  VerifyReply,
} from './transaction-calls.ts';
import { TRANSACTION_WRITE_TIMEOUT_MS } from './transaction-limits.ts';
import { noPartitions } from './transaction-metadata.ts';
import type { TransactionProperties } from './transaction-properties.ts';
import { refuseTransactionCall } from './transaction-refusal.ts';
import { TransactionStateMachine } from './transaction-state-machine.ts';

export interface TransactionCoordinatorOptions {
  readonly host: Host;
  readonly nodeId: number;
  readonly logger: Logger;
  /** Asked for each use, so that dynamic changes take hold. */
  readonly config: () => TransactionProperties;
  /** The newest cluster image. */
  readonly image: () => ClusterImage;
  /** An id that no producer had before. */
  readonly nextProducerId: () => Promise<number>;
  readonly markerTarget: () => MarkerTarget;
  /** To coordinators on other nodes. */
  readonly channels: () => NodeChannels;
  /** To partition leaders on other nodes; apart from the others, since they may take long to answer. */
  readonly markerChannels: () => NodeChannels;
}

/** What this node has of a partition it coordinates. */
interface Shard {
  readonly runtime: Runtime;
  readonly term: CoordinatorTerm;
}

/** They have an end that does not depend on a write of this partition alone, or that somebody else waits for. */
const untimed: ReadonlySet<TransactionCall['api']> = new Set(['markersWritten']);

type Runtime = CoordinatorRuntime<TransactionCall, TransactionReply, MarkerRequest>;

/** Hands each call to the runtime of the partition that its transactional id lives in. */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #markers: MarkerSender;
  readonly #coverage: RemoteCoverage;
  readonly #shards = new Map<number, Shard>();
  #isClosed = false;

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    const { nodeId, logger, markerTarget: target, markerChannels: channels } = options;
    this.#markers = new MarkerSender({ nodeId, logger, target, channels });
    this.#coverage = new RemoteCoverage(options.channels);
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
    this.onResignation(partition);
    const { host, logger, config } = this.#options;
    const term: CoordinatorTerm = { isOver: false, coordinatorEpoch: leaderEpoch };
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
      onRequest: (request) => this.#sendMarkers({ runtime, term }, request),
      onInDoubt: () => {
        if (!term.isOver) this.onElection(partition, leaderEpoch, log);
      },
      writeTimeout: {
        timeoutMs: () => TRANSACTION_WRITE_TIMEOUT_MS,
        holdsFor: ({ api }) => !untimed.has(api),
      },
    });
    this.#shards.set(partition, { runtime, term });
    // Supervised: `load` handles its own failure.
    void runtime.load();
  }

  /** The partition is led elsewhere or gone: what waits is sent away, markers are left to the next coordinator. */
  onResignation(partition: number): void {
    const shard = this.#shards.get(partition);
    if (shard === undefined) return;
    shard.term.isOver = true;
    shard.runtime.unload(ErrorCode.NOT_COORDINATOR);
    this.#shards.delete(partition);
  }

  /** Of the partitions that are coordinated here. */
  get availability(): readonly CoordinatorAvailability[] {
    return [...this.#shards.values()].map(({ runtime }) => runtime.availability);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#markers.close();
    await Promise.all([...this.#shards.values()].map(({ runtime }) => runtime.close()));
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

  /** Makes the call of a partition leader to whoever coordinates the id. Never rejects. */
  async cover(call: CoverageCall): Promise<VerifyReply> {
    const { nodeId, image } = this.#options;
    const node = coordinatorNode(image().topics, TRANSACTION_STATE_TOPIC, call.transactionalId);
    if (node !== nodeId && node !== NO_NODE) return this.#coverage.ask(node, call);
    return { missing: noPartitions, ...(await this.call(call)) };
  }

  /** Ends a transaction on a partition that this node leads. @returns an error code; never rejects */
  writeMarker(item: PartitionMarker): Promise<number> {
    return this.#markers.local.write(item);
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
      [...this.#shards.values()].map(async ({ runtime }) => (await runtime.call(call)) as ListReply),
    );
    const failed = replies.find(({ errorCode }) => errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    if (failed !== undefined) return failed;
    return { errorCode: ErrorCode.NONE, transactions: replies.flatMap(({ transactions }) => transactions) };
  }

  #runtimeOf(transactionalId: string): Runtime | undefined {
    const topic = this.#options.image().topics.byName.get(TRANSACTION_STATE_TOPIC);
    if (topic === undefined) return undefined;
    return this.#shards.get(coordinatorPartition(transactionalId, topic.partitions.length))?.runtime;
  }

  #sendMarkers({ runtime, term }: Shard, request: MarkerRequest): void {
    const { transactionalId, producerId, producerEpoch } = request;
    this.#markers.send(request, term, () => {
      runtime.callWhenLoaded({ api: 'markersWritten', transactionalId, producerId, producerEpoch });
    });
  }
}
