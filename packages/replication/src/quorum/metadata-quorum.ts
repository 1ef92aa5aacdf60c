import type {
  AddRaftVoterRequest,
  AddRaftVoterResponseInput,
} from '@millrace/protocol/messages/add-raft-voter';
import type {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponseInput,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import type {
  DescribeQuorumRequest,
  DescribeQuorumResponseInput,
} from '@millrace/protocol/messages/describe-quorum';
import type {
  EndQuorumEpochRequest,
  EndQuorumEpochResponseInput,
} from '@millrace/protocol/messages/end-quorum-epoch';
import type { FetchRequest, FetchResponseInput } from '@millrace/protocol/messages/fetch';
import type {
  FetchSnapshotRequest,
  FetchSnapshotResponseInput,
} from '@millrace/protocol/messages/fetch-snapshot';
import type {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponseInput,
} from '@millrace/protocol/messages/remove-raft-voter';
import type {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponseInput,
} from '@millrace/protocol/messages/update-raft-voter';
import type { VoteRequest, VoteResponseInput } from '@millrace/protocol/messages/vote';
import { NotLeaderError } from '../errors.ts';
import type { PeerTraffic } from '../peer/peer-traffic.ts';
import { DescribeAnswers } from './describe-answers.ts';
import { FetchAnswers } from './fetch-answers.ts';
import { loadVoterHistory } from './load-voter-history.ts';
import type { QuorumAppend } from './proposals.ts';
import { QuorumAnswers } from './quorum-answers.ts';
import { QuorumCore } from './quorum-core.ts';
import { QuorumFollower } from './quorum-follower.ts';
import type { QuorumLeader } from './quorum-listener.ts';
import { QuorumLog } from './quorum-log.ts';
import type { MetadataQuorumOptions } from './quorum-options.ts';
import { QuorumRequests } from './quorum-requests.ts';
import { quorumRules, type QuorumRules } from './quorum-rules.ts';
import { quorumStatus, type QuorumStatus } from './quorum-status.ts';
import { readQuorumState } from './quorum-state-file.ts';
import { SnapshotAnswers } from './snapshot-answers.ts';
import type { SnapshotId } from './snapshot-id.ts';
import { SnapshotStore } from './snapshot-store.ts';
import { SnapshotWriter, type NewSnapshot } from './snapshot-writer.ts';
import { VoterChanges } from './voter-changes.ts';
import { VoterHistory } from './voter-history.ts';
import { VoterMembership } from './voter-membership.ts';
import { VoterSet } from './voter-set.ts';
import { VoterUpgrade, type KraftVersionUpgrade } from './voter-upgrade.ts';

/** How long a leader that stops waits for the others to hear of it. */
const FAREWELL_MS = 500;

/**
 * The replicated log of the cluster's metadata on one node: who leads it, what is in it, and what of that is committed.
 *
 * Requests of other nodes come in through `handle...`, whatever listener they arrive at; requests to others go out over
 * channels of its own.
 */
export class MetadataQuorum {
  readonly #core: QuorumCore;
  readonly #follower: QuorumFollower;
  readonly #answers: QuorumAnswers;
  readonly #requests: QuorumRequests;
  readonly #fetches: FetchAnswers;
  readonly #snapshots: SnapshotAnswers;
  readonly #writer: SnapshotWriter;
  readonly #describe: DescribeAnswers;
  readonly #upgrade: VoterUpgrade;
  readonly #changes: VoterChanges;
  readonly #membership: VoterMembership;

  private constructor(core: QuorumCore) {
    this.#core = core;
    this.#follower = new QuorumFollower(core);
    this.#answers = new QuorumAnswers(core);
    this.#fetches = new FetchAnswers(core);
    this.#snapshots = new SnapshotAnswers(core);
    this.#writer = new SnapshotWriter(core);
    this.#describe = new DescribeAnswers(core);
    this.#upgrade = new VoterUpgrade(core);
    this.#changes = new VoterChanges(core, this.#upgrade);
    this.#membership = new VoterMembership(core, this.#changes);
    this.#requests = new QuorumRequests(core);
    core.onEffect = (effect) => this.#requests.perform(effect);
    core.onSettled = () => this.#follower.onSettled();
  }

  /**
   * Reads what the node remembers.
   * @param rules For the simulation, which shows that each of them is needed.
   * @throws QuorumStateError
   */
  static async open(
    options: MetadataQuorumOptions,
    rules: QuorumRules = quorumRules,
  ): Promise<MetadataQuorum> {
    const { host, log: partitionLog, staticVoters } = options;
    const directory = QuorumLog.directoryOf(partitionLog);
    const snapshots = await SnapshotStore.open(host, directory);
    const log = new QuorumLog(partitionLog, snapshots);
    // A power loss came between a snapshot from the leader and the new beginning of the log.
    const end = snapshots.newest?.endOffset ?? 0;
    if (end > log.endOffset) await log.restartAt(end);
    await snapshots.removeBefore(log.startOffset);
    const history = new VoterHistory(staticVoters ?? new VoterSet([]));
    await loadVoterHistory(host.disk, log, history);
    const election = await readQuorumState(host.disk, directory);
    // What is written into a directory does not survive a power loss unless the directory itself does.
    if (election.epoch < 0) await host.disk.syncDirectory(partitionLog.logDir);
    return new MetadataQuorum(new QuorumCore({ options, rules, log, history, election }));
  }

  /** Resolves when the quorum has stopped on this node because it could not go on, with the reason. */
  get failed(): Promise<Error> {
    return this.#core.failed;
  }

  get leader(): QuorumLeader {
    return this.#core.leader;
  }

  /** Why the node that was asked last for the metadata has not answered; `undefined` when it has. */
  get problem(): string | undefined {
    return this.#follower.problem;
  }

  /** Whether this node may append. */
  get isLeader(): boolean {
    return this.#core.leading !== undefined;
  }

  get epoch(): number {
    return this.#core.machine.epoch;
  }

  /** Who votes, by the newest record that this node has, committed or not. */
  get voters(): VoterSet {
    return this.#core.machine.voters;
  }

  /** Level of `kraft.version`: 1 where the voters are in the log. */
  get kraftVersion(): number {
    return this.#core.history.kraftVersion;
  }

  /** Everything below is committed; -1 while this node does not know. */
  get highWatermark(): number {
    return this.#core.highWatermark;
  }

  /** Offset that the next record gets on the leader. */
  get nextOffset(): number {
    return this.#core.log.nextOffset;
  }

  get logStartOffset(): number {
    return this.#core.log.startOffset;
  }

  /** First offset that is not in the log of this node yet. */
  get logEndOffset(): number {
    return this.#core.log.endOffset;
  }

  /** What this node asked of others, and what they have answered. */
  get traffic(): Readonly<PeerTraffic> {
    return this.#core.traffic;
  }

  /** For those who watch it: nothing is kept for this that is not needed anyway, but a few sums. */
  status(): QuorumStatus {
    return quorumStatus(this.#core, this.#core.nowMs());
  }

  /** Takes part from here on. A quorum of one leads at once. */
  start(): void {
    this.#core.start();
    this.#follower.start();
    const { isController } = this.#core.options;
    // A node alone with fixed voters has nobody to tell anything, and so no timer.
    const isAlone = this.kraftVersion === 0 && this.voters.isOnly(this.#core.machine.self);
    if (isController && !isAlone) this.#membership.start();
  }

  /**
   * Appends one batch, which the log takes over; many may be on their way.
   * @throws NotLeaderError unless this node leads in `epoch`
   */
  append(epoch: number, batch: Buffer, recordCount: number): QuorumAppend {
    if (!this.isLeader || epoch !== this.epoch) throw new NotLeaderError(epoch, this.leader);
    return this.#core.appendAsLeader(batch, recordCount);
  }

  handleVote(request: VoteRequest, version: number): Promise<VoteResponseInput> | VoteResponseInput {
    return this.#answers.vote(request, version);
  }

  handleBeginQuorumEpoch(
    request: BeginQuorumEpochRequest,
    version: number,
  ): Promise<BeginQuorumEpochResponseInput> | BeginQuorumEpochResponseInput {
    return this.#answers.beginEpoch(request, version);
  }

  handleEndQuorumEpoch(
    request: EndQuorumEpochRequest,
    version: number,
  ): Promise<EndQuorumEpochResponseInput> | EndQuorumEpochResponseInput {
    return this.#answers.endEpoch(request, version);
  }

  /** Waits up to `maxWaitMs` of the request where there is nothing new. */
  handleFetch(request: FetchRequest, version: number): Promise<FetchResponseInput> {
    return this.#fetches.fetch(request, version);
  }

  handleFetchSnapshot(request: FetchSnapshotRequest, version: number): Promise<FetchSnapshotResponseInput> {
    return this.#snapshots.fetchSnapshot(request, version);
  }

  /** NOT_LEADER_OR_FOLLOWER for the partition, with the leader, where another node leads. */
  handleDescribeQuorum(request: DescribeQuorumRequest, version: number): DescribeQuorumResponseInput {
    return this.#describe.describe(request, version);
  }

  handleAddVoter(request: AddRaftVoterRequest): Promise<AddRaftVoterResponseInput> {
    return this.#changes.add(request);
  }

  handleRemoveVoter(request: RemoveRaftVoterRequest): Promise<RemoveRaftVoterResponseInput> {
    return this.#changes.remove(request);
  }

  handleUpdateVoter(request: UpdateRaftVoterRequest): Promise<UpdateRaftVoterResponseInput> {
    return this.#changes.update(request);
  }

  /**
   * Sets the level of `kraft.version`: 1 takes fixed voters into the log. Resolves when that is committed.
   * @throws NotLeaderError where leadership was lost first; it may still become committed
   * @throws KafkaError NOT_LEADER_OR_FOLLOWER on any other node than the leader, INVALID_UPDATE_VERSION while a voter has not told the leader what there is to know of it
   */
  upgradeKraftVersion(upgrade: KraftVersionUpgrade): Promise<void> {
    return this.#upgrade.upgrade(upgrade);
  }

  /**
   * Writes a snapshot of what the listener has made of the committed records, and drops what is too old or too large
   * by `metadata.max.retention.ms` and `metadata.max.retention.bytes`. One call at a time.
   * @returns `undefined` where there is one of that offset, or a newer one
   */
  saveSnapshot(snapshot: NewSnapshot): Promise<SnapshotId | undefined> {
    return this.#writer.write(snapshot);
  }

  /**
   * Gives leadership up, if this node has it. Resolves when the other voters have been told, so that one of them stands
   * at once, or half a second later.
   */
  async resign(): Promise<void> {
    await this.#core.run((nowMs) => this.#core.machine.resign(nowMs));
    await this.#core.within(FAREWELL_MS, this.#requests.ended);
  }

  async close(): Promise<void> {
    await this.#core.close();
    await Promise.all([this.#follower.stopped(), this.#membership.stopped()]);
  }
}
