import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { messageOf } from '../errors.ts';
import type { QuorumCore } from './quorum-core.ts';
import {
  BEGIN_EPOCH,
  END_EPOCH,
  inMetadataTopic,
  leaderHint,
  onlyPartition,
  VOTE,
} from './quorum-messages.ts';
import type { CandidateRole, LeaderRole, ProspectiveRole, QuorumEffect } from './quorum-role.ts';
import type { ReplicaKey } from './voter-set.ts';

/** What this node asks and tells the other voters at elections. */
export class QuorumRequests {
  readonly #core: QuorumCore;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  /** Resolves when the others have heard of the end of the last epoch, or cannot hear. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  perform(effect: QuorumEffect): void {
    const { machine } = this.#core;
    const others = machine.voters.voters.filter(({ id }) => id !== machine.self.id);
    if (effect.kind === 'ask-for-votes') {
      for (const voter of others) void this.#askForVote(effect.role, voter);
    } else if (effect.kind === 'announce') {
      for (const voter of effect.voters) void this.#announce(effect.role, voter);
    } else if (effect.kind === 'end-epoch') {
      const told = others.map((voter) => this.#endEpoch(effect.epoch, effect.successors, voter));
      this.#ended = Promise.all(told);
    }
  }

  /** Until there is an answer, or the election is over. */
  async #askForVote(role: ProspectiveRole | CandidateRole, voter: ReplicaKey): Promise<void> {
    const core = this.#core;
    const isOpen = (): boolean => core.machine.role === role && !core.isStopped;
    while (isOpen()) {
      try {
        const response = await core.channels.to(voter.id).send(VOTE, this.#voteRequest(role, voter));
        core.onPeerError(voter.id, response.errorCode);
        const partition = onlyPartition(response);
        if (partition !== undefined && response.errorCode === ErrorCode.NONE) {
          const { errorCode, leaderId, leaderEpoch, voteGranted: granted } = partition;
          const leader = leaderHint(leaderId, leaderEpoch, response.nodeEndpoints);
          const answer = { errorCode, granted, leader };
          await core.run((nowMs) => core.machine.onVoteAnswer(voter.id, role, answer, nowMs));
          // One that refuses a pre-vote may not have heard yet that the leader has resigned.
          if (errorCode === ErrorCode.NONE && (granted || role.name === 'candidate')) return;
        }
        this.#logRefusal('Vote', voter, response.errorCode || (partition?.errorCode ?? 0));
        await core.sleep(core.options.settings['controller.quorum.retry.backoff.ms']);
      } catch (error) {
        // The channel waits before its next attempt.
        this.#logFailure('Vote', voter, error);
      }
    }
  }

  #voteRequest(role: ProspectiveRole | CandidateRole, voter: ReplicaKey) {
    const { machine, log, options } = this.#core;
    return {
      clusterId: options.clusterId,
      voterId: voter.id,
      topics: inMetadataTopic({
        partitionIndex: 0,
        replicaEpoch: machine.epoch,
        replicaId: machine.self.id,
        replicaDirectoryId: machine.self.directoryId,
        voterDirectoryId: voter.directoryId,
        lastOffsetEpoch: log.lastEpoch,
        lastOffset: log.endOffset,
        preVote: role.name === 'prospective',
      }),
    };
  }

  async #announce(role: LeaderRole, voter: ReplicaKey): Promise<void> {
    const core = this.#core;
    const { machine, options, channels } = core;
    if (machine.role !== role) return;
    try {
      const response = await channels.to(voter.id).send(BEGIN_EPOCH, {
        clusterId: options.clusterId,
        voterId: voter.id,
        topics: inMetadataTopic({
          partitionIndex: 0,
          voterDirectoryId: voter.directoryId,
          leaderId: machine.self.id,
          leaderEpoch: machine.epoch,
        }),
        leaderEndpoints: core.endpoints,
      });
      await this.#learn(voter, 'BeginQuorumEpoch', response);
    } catch (error) {
      this.#logFailure('BeginQuorumEpoch', voter, error);
    }
  }

  async #endEpoch(epoch: number, successors: readonly ReplicaKey[], voter: ReplicaKey): Promise<void> {
    const core = this.#core;
    try {
      const response = await core.channels.to(voter.id).send(END_EPOCH, {
        clusterId: core.options.clusterId,
        topics: inMetadataTopic({
          partitionIndex: 0,
          leaderId: core.machine.self.id,
          leaderEpoch: epoch,
          preferredCandidates: successors.map(({ id, directoryId }) => ({
            candidateId: id,
            candidateDirectoryId: directoryId,
          })),
        }),
        leaderEndpoints: core.endpoints,
      });
      await this.#learn(voter, 'EndQuorumEpoch', response);
    } catch (error) {
      this.#logFailure('EndQuorumEpoch', voter, error);
    }
  }

  async #learn(
    voter: ReplicaKey,
    api: string,
    response: {
      readonly errorCode: number;
      readonly topics: readonly {
        readonly partitions: readonly {
          readonly errorCode: number;
          readonly leaderId: number;
          readonly leaderEpoch: number;
        }[];
      }[];
      readonly nodeEndpoints: readonly { nodeId: number; host: string; port: number }[];
    },
  ): Promise<void> {
    const partition = onlyPartition(response);
    if (partition === undefined || response.errorCode !== ErrorCode.NONE) {
      return this.#logRefusal(api, voter, response.errorCode);
    }
    const hint = leaderHint(partition.leaderId, partition.leaderEpoch, response.nodeEndpoints);
    await this.#core.run((nowMs) => this.#core.machine.learn(hint, nowMs));
  }

  #logRefusal(api: string, voter: ReplicaKey, errorCode: number): void {
    const { nodeId, clusterId } = this.#core.options;
    if (errorCode === ErrorCode.NONE) return this.#core.refusals.ended(`${api} ${voter.id}`);
    this.#core.refusals.warn(`${api} ${voter.id}`, 'A voter has refused a request of the quorum', {
      api,
      voter: voter.id,
      error: kafkaErrorName(errorCode),
      nodeId,
      clusterId,
    });
  }

  #logFailure(api: string, voter: ReplicaKey, error: unknown): void {
    if (this.#core.isStopped) return;
    this.#core.options.logger.debug('A voter does not answer', {
      api,
      voter: voter.id,
      error: messageOf(error),
    });
  }
}
