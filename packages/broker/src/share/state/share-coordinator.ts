import type { Host, Logger, Timer } from '@millrace/host';
import { compressionTypeOf, ErrorCode } from '@millrace/protocol';
import type { CoordinatorLog } from '../../coordinator/coordinator-log.ts';
import { coordinatorPartition } from '../../coordinator/coordinator-partition.ts';
import { CoordinatorRuntime, type CoordinatorAvailability } from '../../coordinator/coordinator-runtime.ts';
import type { ClusterImage } from '../../metadata/cluster-image.ts';
import { SHARE_STATE_TOPIC } from '../../metadata/topic-names.ts';
import { coordinatorKey, type SharePartitionKey } from './share-partition-key.ts';
import type { ShareStateCall, ShareStateReplies, ShareStateReply } from './share-state-calls.ts';
import { ShareStateMachine } from './share-state-machine.ts';
import { refuseShareStateCall } from './share-state-refusal.ts';

/** The broker properties that it reads, by Kafka's names. */
export interface ShareCoordinatorProperties {
  readonly 'share.coordinator.snapshot.update.records.per.snapshot': number;
  readonly 'share.coordinator.state.topic.prune.interval.ms': number;
  /** How long a call waits for its records to be written. */
  readonly 'share.coordinator.write.timeout.ms': number;
  /** Id of the codec, 0 to 4. */
  readonly 'share.coordinator.state.topic.compression.codec': number;
}

export interface ShareCoordinatorOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** Asked for each use, so that dynamic changes take hold. */
  readonly config: () => ShareCoordinatorProperties;
  /** The newest cluster image. */
  readonly image: () => Pick<ClusterImage, 'topics'>;
}

/** A partition of `__share_group_state`, which is not compacted: what is no longer needed is cut off. */
export interface PrunableLog extends CoordinatorLog {
  readonly recordCount: number;
  readonly endOffset: number;
  deleteBefore(offset: number): Promise<void>;
}

interface Shard {
  readonly runtime: CoordinatorRuntime<ShareStateCall, ShareStateReply>;
  readonly machine: ShareStateMachine;
  readonly log: PrunableLog;
  /** Resolves when it can be asked, or cannot be at all. */
  readonly loaded: Promise<void>;
}

/** What nobody outside of this node waits for. */
const untimed: ReadonlySet<ShareStateCall['api']> = new Set(['checkpoint', 'forgetTopics']);

/** A log is cut when it has this many records for each share partition in it, and at least this many in all. */
const MIN_RECORDS_TO_PRUNE = 100;
const RECORDS_PER_STATE_TO_PRUNE = 4;

/** Keeps what was delivered to share groups (KIP-932): hands each call to the runtime of its `__share_group_state` partition. */
export class ShareCoordinator {
  readonly #options: ShareCoordinatorOptions;
  readonly #shards = new Map<number, Shard>();
  #pruneTimer: Timer | undefined;
  #isClosed = false;

  constructor(options: ShareCoordinatorOptions) {
    this.#options = options;
  }

  /** This node leads a partition of `__share_group_state`: its keys are served when the log is replayed. */
  onElection(partition: number, log: PrunableLog): void {
    if (this.#isClosed) return;
    this.onResignation(partition);
    const { host, logger, config, image } = this.#options;
    const machine = new ShareStateMachine({
      updatesPerSnapshot: () => config()['share.coordinator.snapshot.update.records.per.snapshot'],
      hasPartition: (topicId, index) => image().topics.byId.get(topicId)?.partitions[index] !== undefined,
    });
    const runtime: Shard['runtime'] = new CoordinatorRuntime<ShareStateCall, ShareStateReply>({
      host,
      logger,
      name: `${SHARE_STATE_TOPIC}-${partition}`,
      log,
      machine,
      onInDoubt: () => {
        if (this.#shards.get(partition)?.runtime === runtime) this.onElection(partition, log);
      },
      writeTimeout: {
        timeoutMs: () => config()['share.coordinator.write.timeout.ms'],
        holdsFor: ({ api }) => !untimed.has(api),
      },
      compression: () =>
        compressionTypeOf(config()['share.coordinator.state.topic.compression.codec']) ?? 'none',
    });
    // Supervised: `load` handles its own failure.
    this.#shards.set(partition, { runtime, machine, log, loaded: runtime.load() });
    this.#schedulePruning();
  }

  /** The partition is led elsewhere or gone: what waits is sent away. */
  onResignation(partition: number): void {
    this.#shards.get(partition)?.runtime.unload(ErrorCode.NOT_COORDINATOR);
    this.#shards.delete(partition);
  }

  /** Topics were deleted: what their share partitions had goes. */
  onTopicsDeleted(topicIds: readonly string[]): void {
    if (topicIds.length === 0) return;
    for (const { runtime } of this.#shards.values())
      runtime.callWhenLoaded({ api: 'forgetTopics', topicIds });
  }

  /** Of the partitions that are coordinated here. */
  get availability(): readonly CoordinatorAvailability[] {
    return [...this.#shards.values()].map(({ runtime }) => runtime.availability);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#pruneTimer?.cancel();
    await Promise.all([...this.#shards.values()].map(({ runtime }) => runtime.close()));
  }

  /** Makes a call about one share partition, when its coordinator is loaded. */
  async call<Call extends ShareStateCall & { readonly key: SharePartitionKey }>(
    call: Call,
  ): Promise<ShareStateReplies[Call['api']]> {
    const shard = this.#shardOf(call.key);
    await shard?.loaded;
    const reply = (await shard?.runtime.call(call)) ?? refuseShareStateCall(call, ErrorCode.NOT_COORDINATOR);
    // A call is answered with the reply of its own kind; the state machine deals in all of them.
    return reply as ShareStateReplies[Call['api']];
  }

  /** Cuts off what later snapshots say as well. Done every `share.coordinator.state.topic.prune.interval.ms`. */
  async prune(): Promise<void> {
    for (const shard of this.#shards.values()) {
      const { recordCount } = shard.log;
      const states = shard.machine.states.size;
      if (recordCount < Math.max(MIN_RECORDS_TO_PRUNE, RECORDS_PER_STATE_TO_PRUNE * states)) continue;
      await this.#pruneShard(shard);
    }
  }

  async #pruneShard({ runtime, log }: Shard): Promise<void> {
    // 1. What is in the log by now is in memory too. 2. All of memory is written behind it. 3. So it is not needed.
    const { endOffset } = log;
    const { errorCode } = await runtime.call({ api: 'checkpoint' });
    if (errorCode === ErrorCode.NONE) await log.deleteBefore(endOffset);
  }

  #schedulePruning(): void {
    if (this.#pruneTimer !== undefined || this.#isClosed) return;
    const { host, config, logger } = this.#options;
    const intervalMs = config()['share.coordinator.state.topic.prune.interval.ms'];
    const onTimer = async () => {
      try {
        await this.prune();
      } catch (cause) {
        logger.warn('Log of share group state could not be cut', { cause });
      }
      this.#pruneTimer = undefined;
      this.#schedulePruning();
    };
    this.#pruneTimer = host.timers.schedule(intervalMs, () => void onTimer(), { background: true });
  }

  #shardOf(key: SharePartitionKey): Shard | undefined {
    const topic = this.#options.image().topics.byName.get(SHARE_STATE_TOPIC);
    if (topic === undefined) return undefined;
    return this.#shards.get(coordinatorPartition(coordinatorKey(key), topic.partitions.length));
  }
}
