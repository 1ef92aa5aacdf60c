import type { SocketAddress } from '@millrace/host';
import { ErrorCode, KafkaError, type KafkaErrorName } from '@millrace/protocol';
import type {
  AddRaftVoterRequest,
  AddRaftVoterResponseInput,
} from '@millrace/protocol/messages/add-raft-voter';
import type {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponseInput,
} from '@millrace/protocol/messages/remove-raft-voter';
import type {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponseInput,
} from '@millrace/protocol/messages/update-raft-voter';
import { messageOf, NotLeaderError } from '../errors.ts';
import { PeerChannel } from '../peer/peer-channel.ts';
import { votersBatch } from './control-batches.ts';
import type { QuorumCore } from './quorum-core.ts';
import { API_VERSIONS, isSameCluster } from './quorum-messages.ts';
import type { LeaderRole } from './quorum-role.ts';
import type { ReplicaKey, Voter, VoterEndpoint, VoterSet } from './voter-set.ts';
import { isWholeVoter, type VoterUpgrade } from './voter-upgrade.ts';

/** A replica that has fetched the end of the log within this time may get a vote. */
const CAUGHT_UP_MS = 3_600_000;
const CLIENT_SOFTWARE = { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' };

interface KraftVersions {
  readonly minKraftVersion: number;
  readonly maxKraftVersion: number;
}

/** Changes of the voters (KIP-853), as the leader makes them: one voter at a time, one change at a time. */
export class VoterChanges {
  readonly #core: QuorumCore;
  readonly #upgrade: VoterUpgrade;

  constructor(core: QuorumCore, upgrade: VoterUpgrade) {
    this.#core = core;
    this.#upgrade = upgrade;
  }

  add(request: AddRaftVoterRequest): Promise<AddRaftVoterResponseInput> {
    return this.#answer(request.clusterId, async () => {
      const { voterId: id, voterDirectoryId: directoryId, listeners, timeoutMs } = request;
      const [endpoint] = listeners;
      if (endpoint === undefined) throw refusal('INVALID_REQUEST', `Voter ${id} is given no listener`);
      await this.#core.run(() => this.#checkAdd({ id, directoryId }));
      const versions = await this.#askKraftVersions(id, endpoint, timeoutMs);
      const voter: Voter = { id, directoryId, endpoints: listeners, ...versions };
      const committed = await this.#core.run((nowMs) => {
        const role = this.#checkAdd(voter);
        this.#checkCaughtUp(role, voter, nowMs);
        return { committed: this.#append(this.#core.machine.voters.with(voter)) };
      });
      if (request.ackWhenCommitted) await this.#wait(committed.committed, timeoutMs);
    });
  }

  remove(request: RemoveRaftVoterRequest): Promise<RemoveRaftVoterResponseInput> {
    return this.#answer(request.clusterId, async () => {
      const key = { id: request.voterId, directoryId: request.voterDirectoryId };
      const { committed } = await this.#core.run(() => {
        this.#checkChange();
        const { voters } = this.#core.machine;
        this.#checkPresent(voters, key);
        if (voters.size === 1) throw refusal('INVALID_REQUEST', `Node ${key.id} is the only voter`);
        return { committed: this.#append(voters.without(key.id)) };
      });
      await this.#wait(committed, this.#core.options.settings['controller.quorum.request.timeout.ms']);
    });
  }

  async update(request: UpdateRaftVoterRequest): Promise<UpdateRaftVoterResponseInput> {
    const { voterId: id, voterDirectoryId: directoryId, listeners, currentLeaderEpoch } = request;
    const { minSupportedVersion, maxSupportedVersion } = request.kRaftVersionFeature;
    const { throttleTimeMs, errorCode } = await this.#answer(request.clusterId, async () => {
      this.#checkEpoch(currentLeaderEpoch);
      await this.updateVoter({
        id,
        directoryId,
        endpoints: listeners,
        minKraftVersion: minSupportedVersion,
        maxKraftVersion: maxSupportedVersion,
      });
    });
    const { leaderId, epoch: leaderEpoch, endpoint } = this.#core.leader;
    const { host, port } = endpoint ?? { host: '', port: -1 };
    return { throttleTimeMs, errorCode, currentLeader: { leaderId, leaderEpoch, host, port } };
  }

  /** Of fixed voters it is only noted, for the day that they are no longer fixed. @throws KafkaError */
  async updateVoter(voter: Voter): Promise<void> {
    const { committed } = await this.#core.run(() => {
      const { machine, history } = this.#core;
      const { kraftVersion } = history;
      const role = this.#checkLeading();
      const isAble = voter.minKraftVersion <= kraftVersion && kraftVersion <= voter.maxKraftVersion;
      if (!isAble || !isWholeVoter(voter)) {
        throw refusal(
          'INVALID_REQUEST',
          `Voter ${voter.id} cannot take part in kraft.version ${kraftVersion}`,
        );
      }
      if (kraftVersion === 0) {
        this.#upgrade.learn(role, voter);
        return { committed: Promise.resolve() };
      }
      this.#checkChange();
      this.#checkPresent(machine.voters, voter);
      return { committed: this.#append(machine.voters.with(voter)) };
    });
    await this.#wait(committed, this.#core.options.settings['controller.quorum.request.timeout.ms']);
  }

  #checkEpoch(epoch: number): void {
    const own = this.#core.machine.epoch;
    if (epoch < own) throw refusal('FENCED_LEADER_EPOCH', `The quorum is in epoch ${own}, not ${epoch}`);
    if (epoch > own) throw refusal('UNKNOWN_LEADER_EPOCH', `The quorum is in epoch ${own}, not ${epoch}`);
  }

  /** @throws KafkaError unless the voters can be changed now */
  #checkChange(): LeaderRole {
    const leading = this.#checkLeading();
    const { history, rules } = this.#core;
    if (history.kraftVersion === 0) {
      throw refusal('UNSUPPORTED_VERSION', 'The voters are fixed: kraft.version is 0');
    }
    const { highWatermark } = leading.progress;
    if (!rules.mayChangeVoters(history.voters.latestOffset, highWatermark)) {
      throw refusal('REQUEST_TIMED_OUT', 'Another change of the voters is not committed yet');
    }
    return leading;
  }

  #checkLeading(): LeaderRole {
    const { leading, leader } = this.#core;
    if (leading === undefined) {
      throw refusal('NOT_LEADER_OR_FOLLOWER', `Node ${leader.leaderId} leads the quorum`);
    }
    if (leading.progress.highWatermark < 0) {
      throw refusal('REQUEST_TIMED_OUT', 'The leader does not know yet what is committed');
    }
    return leading;
  }

  #checkAdd({ id }: ReplicaKey): LeaderRole {
    const role = this.#checkChange();
    if (this.#core.machine.voters.get(id) !== undefined) {
      throw refusal('DUPLICATE_VOTER', `Node ${id} is a voter already`);
    }
    return role;
  }

  #checkPresent(voters: VoterSet, key: ReplicaKey): void {
    if (voters.get(key.id)?.directoryId === key.directoryId) return;
    throw refusal('VOTER_NOT_FOUND', `Node ${key.id} with directory ${key.directoryId} is no voter`);
  }

  /** A voter that has to catch up first would keep everything from being committed. */
  #checkCaughtUp({ progress }: LeaderRole, key: ReplicaKey, nowMs: number): void {
    const replica = progress
      .observers(nowMs)
      .find((each) => each.key.id === key.id && each.key.directoryId === key.directoryId);
    if (replica !== undefined && replica.lastCaughtUpMs >= 0 && nowMs - replica.lastCaughtUpMs < CAUGHT_UP_MS)
      return;
    throw refusal('REQUEST_TIMED_OUT', `Node ${key.id} has not caught up with the metadata log`);
  }

  /** Takes effect at once. */
  #append(voters: VoterSet): Promise<void> {
    const core = this.#core;
    const timestampMs = core.options.host.clock.nowMs();
    const { baseOffset, committed } = core.appendAsLeader(votersBatch(voters, { timestampMs }), 1);
    // Whoever waits for it hears of a failure; nobody may.
    committed.catch(() => {});
    core.history.voters.add(baseOffset, voters);
    core.applyVoters();
    core.afterProgress();
    core.options.logger.info('The voters of the quorum change', {
      voters: String(voters),
      offset: baseOffset,
    });
    return committed;
  }

  async #askKraftVersions(id: number, address: SocketAddress, timeoutMs: number): Promise<KraftVersions> {
    const { host, logger, peers, settings } = this.#core.options;
    const requestTimeoutMs = Math.min(timeoutMs, settings['controller.quorum.request.timeout.ms']);
    const channel = new PeerChannel({
      ...peers,
      host,
      logger,
      requestTimeoutMs,
      name: `Node ${id}`,
      address: () => address,
    });
    try {
      const { supportedFeatures } = await channel.send(API_VERSIONS, CLIENT_SOFTWARE);
      const feature = supportedFeatures.find(({ name }) => name === 'kraft.version');
      const needed = this.#core.history.kraftVersion;
      if (feature !== undefined && feature.minVersion <= needed && needed <= feature.maxVersion) {
        return { minKraftVersion: feature.minVersion, maxKraftVersion: feature.maxVersion };
      }
    } catch (error) {
      throw refusal('REQUEST_TIMED_OUT', messageOf(error));
    } finally {
      channel.close();
    }
    throw refusal('INVALID_REQUEST', `Node ${id} does not know the kraft.version of this quorum`);
  }

  async #wait(committed: Promise<void>, timeoutMs: number): Promise<void> {
    if (await this.#core.within(timeoutMs, committed)) return;
    throw refusal('REQUEST_TIMED_OUT', `The change was not committed within ${timeoutMs} ms`);
  }

  async #answer(
    clusterId: string | null,
    change: () => Promise<void>,
  ): Promise<{ throttleTimeMs: number; errorCode: number; errorMessage: string | null }> {
    try {
      if (!isSameCluster(clusterId, this.#core.options.clusterId)) {
        throw refusal('INCONSISTENT_CLUSTER_ID', `This is cluster ${this.#core.options.clusterId}`);
      }
      await change();
      return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null };
    } catch (error) {
      const { errorCode, message } =
        error instanceof NotLeaderError
          ? refusal('NOT_LEADER_OR_FOLLOWER', error.message)
          : asKafkaError(error);
      return { throttleTimeMs: 0, errorCode, errorMessage: message };
    }
  }
}

export function sameEndpoints(left: readonly VoterEndpoint[], right: readonly VoterEndpoint[]): boolean {
  return textOf(left) === textOf(right);
}

function textOf(endpoints: readonly VoterEndpoint[]): string {
  return endpoints.map(({ name, host, port }) => `${name}/${host}/${port}`).join();
}

function asKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  throw error;
}

function refusal(name: KafkaErrorName, message: string): KafkaError {
  return new KafkaError(name, message);
}
