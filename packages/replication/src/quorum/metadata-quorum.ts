import { NotLeaderError } from '../errors.ts';
import { CommittedDelivery } from './committed-delivery.ts';
import { leaderChangeBatch } from './control-batches.ts';
import type { QuorumLeader } from './quorum-listener.ts';
import { QuorumLog } from './quorum-log.ts';
import type { MetadataQuorumOptions } from './quorum-options.ts';
import { readQuorumState, writeQuorumState, type ElectionState } from './quorum-state-file.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** What `MetadataQuorum.append` has begun. */
export interface QuorumAppend {
  readonly baseOffset: number;
  /** @throws NotLeaderError where leadership was lost first; the batch may still become committed */
  readonly committed: Promise<void>;
}

interface PendingAppend {
  readonly endOffset: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The replicated log of the cluster's metadata: who leads it, what is in it, what of that is committed. */
export class MetadataQuorum {
  readonly #options: MetadataQuorumOptions;
  readonly #log: QuorumLog;
  readonly #delivery: CommittedDelivery;
  #election: ElectionState;
  #isLeader = false;
  #pending: PendingAppend[] = [];
  #flushing: Promise<void> | undefined;
  readonly #failed = Promise.withResolvers<Error>();

  private constructor(options: MetadataQuorumOptions, log: QuorumLog, election: ElectionState) {
    this.#options = options;
    this.#log = log;
    this.#election = election;
    this.#delivery = new CommittedDelivery(log, options.listener, (error) => this.#fail(error as Error));
  }

  /** @throws QuorumStateError */
  static async open(options: MetadataQuorumOptions): Promise<MetadataQuorum> {
    const { host, log } = options;
    const directory = QuorumLog.directoryOf(log);
    const snapshots = await SnapshotStore.open(host, directory);
    const election = await readQuorumState(host.disk, directory);
    return new MetadataQuorum(options, new QuorumLog(log, snapshots), election);
  }

  /** Resolves when the quorum has stopped on this node because it could not go on, with the reason. */
  get failed(): Promise<Error> {
    return this.#failed.promise;
  }

  /** -1 while nobody is known. */
  get leader(): QuorumLeader {
    return { leaderId: this.#election.leaderId, epoch: this.epoch };
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  get epoch(): number {
    return Math.max(this.#election.epoch, 0);
  }

  /** Everything below is committed. */
  get highWatermark(): number {
    return this.#log.log.highWatermark;
  }

  /** Offset that the next record gets on the leader. */
  get nextOffset(): number {
    return this.#log.nextOffset;
  }

  get logStartOffset(): number {
    return this.#log.startOffset;
  }

  /** First offset that is not in the log of this node yet. */
  get logEndOffset(): number {
    return this.#log.endOffset;
  }

  /** Takes part from here on. A quorum of one leads at once. */
  start(): void {
    this.#delivery.start();
    this.#lead().catch((error: unknown) => this.#fail(error as Error));
  }

  /**
   * Appends one batch, which the log takes over; many may be on their way.
   * @throws NotLeaderError unless this node leads in `epoch`
   */
  append(epoch: number, batch: Buffer, recordCount: number): QuorumAppend {
    if (!this.#isLeader || epoch !== this.epoch) throw new NotLeaderError(epoch, this.leader);
    return this.#append(batch, recordCount);
  }

  async close(): Promise<void> {
    this.#isLeader = false;
    await this.#flushing;
    await this.#delivery.stop();
    this.#rejectPending();
  }

  async #lead(): Promise<void> {
    const { host, nodeId, log } = this.#options;
    const epoch = Math.max(this.epoch, this.#log.lastEpoch) + 1;
    this.#election = { epoch, leaderId: nodeId, votedFor: undefined };
    const form = { kraftVersion: 0, voterIds: [nodeId] };
    await writeQuorumState(host.disk, QuorumLog.directoryOf(log), this.#election, form);
    const epochStartOffset = this.#log.nextOffset;
    const self = [{ id: nodeId, directoryId: this.#options.directoryId }];
    const place = { kraftVersion: 0, timestampMs: host.clock.nowMs() };
    this.#append(leaderChangeBatch(nodeId, self, self, place), 1).committed.catch(() => {});
    this.#isLeader = true;
    this.#delivery.whenDelivered(epochStartOffset + 1, () => {
      this.#options.listener.onLeaderChange(this.leader);
    });
  }

  #append(batch: Buffer, recordCount: number): QuorumAppend {
    const { baseOffset, written } = this.#log.append(batch, this.epoch, recordCount);
    const { promise: committed, resolve, reject } = Promise.withResolvers<void>();
    this.#pending.push({ endOffset: baseOffset + recordCount, resolve, reject });
    written.then(
      () => this.#flushSoon(),
      (error: unknown) => this.#fail(error as Error),
    );
    return { baseOffset, committed };
  }

  #flushSoon(): void {
    this.#flushing ??= this.#flush()
      .catch((error: unknown) => this.#fail(error as Error))
      .finally(() => {
        this.#flushing = undefined;
      });
  }

  async #flush(): Promise<void> {
    while (this.#log.flushedOffset < this.#log.endOffset) {
      await this.#log.flush();
      this.#commit(this.#log.flushedOffset);
    }
  }

  #commit(highWatermark: number): void {
    this.#log.log.updateHighWatermark(highWatermark);
    this.#delivery.advance(highWatermark);
    const pending = this.#pending;
    let count = 0;
    while (count < pending.length && pending[count]!.endOffset <= highWatermark) pending[count++]!.resolve();
    if (count > 0) this.#pending = pending.slice(count);
  }

  #rejectPending(): void {
    for (const { reject } of this.#pending) reject(new NotLeaderError(this.epoch, this.leader));
    this.#pending = [];
  }

  #fail(error: Error): void {
    this.#isLeader = false;
    this.#options.logger.error('The metadata quorum has stopped on this node', { error });
    this.#rejectPending();
    this.#failed.resolve(error);
  }
}
