import type { Random } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import type { FetchResponse, FetchResponsePartitionData } from '@millrace/protocol/messages/fetch';
import { DivergedError, invariant, messageOf, PeerUnavailableError } from '../errors.ts';
import { observeVoters } from './load-voter-history.ts';
import { METADATA_TOPIC_ID } from './metadata-topic.ts';
import { FIRST_BOOTSTRAP_ID, type QuorumCore } from './quorum-core.ts';
import { FETCH, leaderHint, onlyPartition } from './quorum-messages.ts';
import type { QuorumRole } from './quorum-role.ts';
import { SnapshotDownload } from './snapshot-download.ts';
import type { SnapshotId } from './snapshot-id.ts';

const MAX_WAIT_MS = 500;

/** What to do after an answer. */
type Next = { readonly kind: 'go-on' | 'wait' } | { readonly kind: 'snapshot'; readonly id: SnapshotId };

const GO_ON: Next = { kind: 'go-on' };
const WAIT: Next = { kind: 'wait' };

/** The fetches of this node while another one leads, or while it looks for the leader. */
export class QuorumFollower {
  readonly #core: QuorumCore;
  readonly #random: Random;
  #changed = Promise.withResolvers<void>();
  /** The role in which the fetch under way was sent. */
  #current: { readonly role: QuorumRole; readonly controller: AbortController } | undefined;
  #running: Promise<void> | undefined;
  /** Why nobody has answered the last fetch; `undefined` when somebody has. */
  problem: string | undefined;

  constructor(core: QuorumCore) {
    this.#core = core;
    this.#random = core.options.host.random.fork('quorum-target');
  }

  start(): void {
    this.#running = this.#run().catch((error: unknown) => this.#core.fail(error));
  }

  async stopped(): Promise<void> {
    await this.#running;
  }

  /** The role may have changed: what is asked of the former leader is no longer waited for. */
  onSettled(): void {
    const current = this.#current;
    if (current !== undefined && (this.#core.isStopped || current.role !== this.#core.machine.role)) {
      current.controller.abort(new Error('the leader has changed'));
    }
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #run(): Promise<void> {
    const core = this.#core;
    while (!core.isStopped) {
      const changed = this.#changed.promise;
      const target = this.#target();
      if (target === undefined) await changed;
      else await this.#fetchFrom(target);
    }
  }

  /** The leader; anybody who may know it where this node cannot find out by an election; nobody. */
  #target(): number | undefined {
    const { machine, options } = this.#core;
    const { role } = machine;
    if (role.name === 'follower') return role.leaderId;
    if (machine.isVoter || role.name === 'leader') return undefined;
    const known = machine.voters.voters.map(({ id }) => id).filter((id) => id !== machine.self.id);
    const servers = options.bootstrapServers ?? [];
    const all = [...known, ...servers.map((_, index) => FIRST_BOOTSTRAP_ID - index)];
    return all[this.#random.uint32() % Math.max(all.length, 1)];
  }

  async #fetchFrom(target: number): Promise<void> {
    const core = this.#core;
    const { role } = core.machine;
    const controller = new AbortController();
    this.#current = { role, controller };
    let next: Next = WAIT;
    try {
      const request = await this.#request();
      if (core.machine.role !== role) return;
      const response = await core.channels.to(target).send(FETCH, request, { signals: [controller.signal] });
      this.problem = undefined;
      core.onPeerError(target, response.errorCode);
      next = await core.run((nowMs) => this.#onAnswer(role, response, nowMs));
      if (next.kind === 'snapshot') {
        await new SnapshotDownload(core, role, next.id, controller.signal).run(target);
        next = GO_ON;
      }
    } catch (error) {
      if (core.isStopped) return;
      if (core.machine.role !== role) next = GO_ON;
      else if (isRefusedConnection(error)) await this.#onLeaderGone();
      this.problem = messageOf(error);
      core.options.logger.debug('A fetch of metadata has failed', { target, error: this.problem });
    } finally {
      this.#current = undefined;
    }
    if (next.kind === 'wait') await core.sleep(core.options.settings['controller.quorum.retry.backoff.ms']);
  }

  async #onLeaderGone(): Promise<void> {
    const core = this.#core;
    try {
      await core.run((nowMs) => core.machine.onLeaderGone(nowMs));
    } catch (error) {
      if (!core.isStopped) throw error;
    }
  }

  async #request() {
    const { machine, log, options, highWatermark } = this.#core;
    // After a kill there may be more than was flushed, and the offset says that it is.
    if (machine.isVoter && log.flushedOffset < log.endOffset) await log.flush();
    const maxBytes = options.settings['controller.quorum.fetch.max.bytes'];
    return {
      clusterId: options.clusterId,
      replicaState: { replicaId: machine.self.id, replicaEpoch: -1 },
      maxWaitMs: MAX_WAIT_MS,
      minBytes: 1,
      maxBytes,
      topics: [
        {
          topicId: METADATA_TOPIC_ID,
          partitions: [
            {
              partition: 0,
              currentLeaderEpoch: machine.epoch,
              fetchOffset: log.endOffset,
              lastFetchedEpoch: log.lastEpoch,
              partitionMaxBytes: maxBytes,
              replicaDirectoryId: machine.self.directoryId,
              highWatermark,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
    };
  }

  async #onAnswer(role: QuorumRole, response: FetchResponse, nowMs: number): Promise<Next> {
    const { machine, options } = this.#core;
    const partition = onlyPartition({ topics: response.responses });
    if (partition === undefined || response.errorCode !== ErrorCode.NONE) {
      this.#core.refusals.warn('Fetch', 'A fetch of metadata was refused', {
        error: kafkaErrorName(response.errorCode),
        clusterId: options.clusterId,
      });
      return WAIT;
    }
    this.#core.refusals.ended('Fetch');
    const { leaderId, leaderEpoch } = partition.currentLeader;
    machine.learn(leaderHint(leaderId, leaderEpoch, response.nodeEndpoints), nowMs);
    if (machine.role !== role) return GO_ON;
    if (role.name !== 'follower') return WAIT;
    if (partition.errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER) {
      if (leaderEpoch === machine.epoch && leaderId !== role.leaderId) machine.onLeaderOver(nowMs);
      return WAIT;
    }
    if (partition.errorCode !== ErrorCode.NONE) return WAIT;
    machine.onFetched(nowMs);
    return this.#apply(partition);
  }

  async #apply(partition: FetchResponsePartitionData): Promise<Next> {
    const { divergingEpoch, snapshotId, records, highWatermark } = partition;
    const core = this.#core;
    if (divergingEpoch.endOffset >= 0) {
      await this.#truncate(divergingEpoch.epoch, divergingEpoch.endOffset);
      return GO_ON;
    }
    if (snapshotId.endOffset >= 0) {
      return { kind: 'snapshot', id: { endOffset: snapshotId.endOffset, epoch: snapshotId.epoch } };
    }
    if (records !== null && records.length > 0) await this.#append(records);
    core.raiseHighWatermark(highWatermark);
    return GO_ON;
  }

  async #append(records: Buffer): Promise<void> {
    const { log, machine, history } = this.#core;
    const before = log.endOffset;
    await log.appendFetched(records);
    this.#core.measures.fetched.record(log.endOffset - before, this.#core.nowMs());
    // The next fetch says that this node has them, and a vote must not be taken back by a power loss.
    if (machine.isVoter) await log.flush();
    if (observeVoters(records, history)) this.#core.applyVoters();
  }

  async #truncate(epoch: number, endOffset: number): Promise<void> {
    const { log, history, highWatermark } = this.#core;
    const own = log.endOfEpoch(epoch);
    const target = own.epoch === epoch ? Math.min(own.offset, endOffset) : own.offset;
    if (target < highWatermark) {
      throw new DivergedError(
        `The leader asks node ${this.#core.machine.self.id} to drop metadata from offset ${target} on, but everything ` +
          `before ${highWatermark} is committed`,
      );
    }
    invariant(
      target < log.endOffset,
      `the log ends at ${log.endOffset} and shall be cut at ${target}, the end ${endOffset} of epoch ${epoch}`,
    );
    await log.truncateTo(target);
    history.truncateFrom(target);
    this.#core.applyVoters();
  }
}

/** The machine is there, and nobody listens. */
function isRefusedConnection(error: unknown): boolean {
  if (!(error instanceof PeerUnavailableError)) return false;
  return (error.cause as { code?: unknown } | undefined)?.code === 'ECONNREFUSED';
}
