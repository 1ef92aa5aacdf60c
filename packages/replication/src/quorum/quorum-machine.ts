import type { SocketAddress } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { invariant } from '../errors.ts';
import { ElectionTiming } from './election-timing.ts';
import { LeaderProgress } from './leader-progress.ts';
import type { LogView } from './quorum-log.ts';
import type { QuorumLeader } from './quorum-listener.ts';
import { VoteCount, type FollowerRole, type QuorumEffect, type QuorumRole } from './quorum-role.ts';
import type { QuorumRules } from './quorum-rules.ts';
import type { ElectionState } from './quorum-state-file.ts';
import type { QuorumSettings } from './quorum-settings.ts';
import { sameReplica, type ReplicaKey, type VoterSet } from './voter-set.ts';

export interface QuorumMachineOptions {
  readonly self: ReplicaKey;
  /** Whether it may ever vote. */
  readonly isController: boolean;
  readonly voters: VoterSet;
  readonly settings: QuorumSettings;
  readonly rules: QuorumRules;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: LogView & { readonly nextOffset: number };
  /** What was remembered from the life before. */
  readonly election: ElectionState;
}

export interface VoteQuestion {
  readonly epoch: number;
  readonly candidate: ReplicaKey;
  /** Whom it asks; -1 where the version of the request does not say. */
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly lastEpoch: number;
  readonly lastOffset: number;
  readonly preVote: boolean;
}

export interface VoteVerdict {
  readonly errorCode: number;
  readonly granted: boolean;
}

/** What any answer of the quorum says of the leader. */
export interface LeaderHint {
  readonly leaderId: number;
  readonly epoch: number;
  readonly endpoint?: SocketAddress | undefined;
}

const REFUSED: VoteVerdict = { errorCode: ErrorCode.NONE, granted: false };
/**
 * Elections of the metadata quorum (KIP-595, KIP-853, KIP-996): the role of this node, and how messages and time change
 * it. Pure: whoever drives it makes `election` durable before anything of `takeEffects` or an answer leaves the node.
 */
export class QuorumMachine {
  readonly #options: QuorumMachineOptions;
  readonly #timing: ElectionTiming;
  #voters: VoterSet;
  #formerVoters: VoterSet | undefined;
  #epoch: number;
  #leaderId: number;
  #votedFor: ReplicaKey | undefined;
  #role: QuorumRole = { name: 'unattached', deadlineMs: Infinity };
  #effects: QuorumEffect[] = [];

  constructor(options: QuorumMachineOptions) {
    const { election, log, voters } = options;
    this.#options = options;
    this.#timing = new ElectionTiming(options.settings, options.random);
    this.#voters = voters;
    // A log may end in an epoch that this node never heard of by another way, after a restart on a copied log.
    const isCurrent = election.epoch >= log.lastEpoch;
    this.#epoch = Math.max(0, election.epoch, log.lastEpoch);
    this.#leaderId = isCurrent ? election.leaderId : -1;
    this.#votedFor = isCurrent ? election.votedFor : undefined;
  }

  get role(): QuorumRole {
    return this.#role;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get formerVoters(): VoterSet | undefined {
    return this.#formerVoters;
  }

  get voters(): VoterSet {
    return this.#voters;
  }

  get self(): ReplicaKey {
    return this.#options.self;
  }

  /**
   * Whether it may stand for election. One that is being removed may, until that is committed: if the record that
   * removes it has reached nobody else, nobody else may have a log that the others accept.
   */
  get isVoter(): boolean {
    const isMember = this.#voters.has(this.self) || this.#formerVoters?.has(this.self) === true;
    return this.#options.isController && isMember;
  }

  /** To be durable before anything else happens. */
  get election(): ElectionState {
    return { epoch: this.#epoch, leaderId: this.#leaderId, votedFor: this.#votedFor };
  }

  get leader(): QuorumLeader {
    const role = this.#role;
    const isGone = role.name !== 'leader' && this.#leaderId === this.self.id;
    const endpoint =
      role.name === 'follower' || role.name === 'prospective' ? role.leaderEndpoint : undefined;
    const leader = { leaderId: isGone ? -1 : this.#leaderId, epoch: this.#epoch };
    return endpoint === undefined ? leader : { ...leader, endpoint };
  }

  /** When `onTick` has something to do. */
  get nextDeadlineMs(): number {
    const role = this.#role;
    if (role.name !== 'leader') return role.deadlineMs;
    return Math.min(role.announceMs, role.progress.checkQuorumMs(this.#timing.checkQuorumMs));
  }

  takeEffects(): QuorumEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  start(nowMs: number): void {
    const { self, election } = this.#options;
    const isAlone = this.isVoter && this.#voters.isOnly(self);
    const deadlineMs = isAlone ? nowMs : this.#electionDeadline(nowMs);
    const endpoint = this.#knownEndpoint(this.#leaderId);
    if (this.#leaderId === self.id) {
      // It may have lost what it had not flushed, so it must not lead this epoch again.
      this.#role = { name: 'resigned', deadlineMs };
    } else if (this.#leaderId >= 0 && endpoint !== undefined) {
      this.#follow(this.#leaderId, endpoint, nowMs);
    } else if (this.isVoter && !isAlone && this.#isOwnVote(election)) {
      this.#role = { name: 'candidate', votes: new VoteCount(self.id), deadlineMs };
      this.#effects.push({ kind: 'ask-for-votes', role: this.#role });
    } else {
      this.#role = { name: 'unattached', deadlineMs };
    }
    this.onTick(nowMs);
  }

  onTick(nowMs: number): void {
    const role = this.#role;
    if (role.name === 'leader') return this.#tickLeader(nowMs);
    if (nowMs < role.deadlineMs) return;
    switch (role.name) {
      case 'prospective':
        return this.#giveUpElection(role.leaderEndpoint, nowMs);
      case 'follower':
        if (this.isVoter) return this.#becomeProspective(nowMs);
        return this.#become({ name: 'unattached', deadlineMs: Infinity });
      case 'unattached':
      case 'candidate':
      case 'resigned':
        if (this.isVoter) return this.#becomeProspective(nowMs);
        return this.#become({ name: 'unattached', deadlineMs: Infinity });
    }
  }

  /**
   * Other voters hold from now on, since a record that says so was appended, or was truncated.
   * @param former Those before, as long as the record is not known to be committed.
   */
  setVoters(voters: VoterSet, former: VoterSet | undefined, nowMs: number): void {
    this.#formerVoters = former;
    this.#voters = voters;
    const role = this.#role;
    if (role.name === 'leader') {
      role.progress.setVoters(voters);
      const silent = role.progress.silentVoters(nowMs - this.#timing.announceMs);
      this.#effects.push({ kind: 'announce', role, voters: silent });
    } else if (!this.isVoter) {
      if (role.name === 'prospective' || role.name === 'candidate') {
        this.#become({ name: 'unattached', deadlineMs: Infinity });
      } else if (role.name === 'unattached') {
        role.deadlineMs = Infinity;
      }
    } else if (role.deadlineMs === Infinity) {
      role.deadlineMs = this.#electionDeadline(nowMs);
    }
  }

  /** @param log Of this node. */
  onVote(question: VoteQuestion, nowMs: number): VoteVerdict {
    const { self, log } = this.#options;
    const { epoch, candidate, preVote, lastEpoch, lastOffset } = question;
    const isLegal = candidate.id >= 0 && lastEpoch >= 0 && lastOffset >= 0;
    if (!isLegal || (preVote ? lastEpoch > epoch : lastEpoch >= epoch)) {
      return { errorCode: ErrorCode.INVALID_REQUEST, granted: false };
    }
    if (epoch < this.#epoch) return { errorCode: ErrorCode.FENCED_LEADER_EPOCH, granted: false };
    if (epoch > this.#epoch) this.#enterEpoch(epoch, nowMs);
    const isOther = question.voterId >= 0 && question.voterId !== self.id;
    if (isOther || !sameReplica(self, { id: self.id, directoryId: question.voterDirectoryId })) {
      return { errorCode: ErrorCode.INVALID_VOTER_KEY, granted: false };
    }
    const isUpToDate =
      lastEpoch > log.lastEpoch || (lastEpoch === log.lastEpoch && lastOffset >= log.nextOffset);
    if (!isUpToDate || !this.#mayGrant(candidate, preVote)) return REFUSED;
    if (!preVote) this.#vote(candidate, nowMs);
    return { errorCode: ErrorCode.NONE, granted: true };
  }

  onVoteAnswer(
    voterId: number,
    asked: QuorumRole,
    answer: { readonly errorCode: number; readonly granted: boolean; readonly leader: LeaderHint },
    nowMs: number,
  ): void {
    if (!this.learn(answer.leader, nowMs) || this.#role !== asked) return;
    const role = this.#role;
    if (role.name !== 'prospective' && role.name !== 'candidate') return;
    if (answer.errorCode !== ErrorCode.NONE) return;
    role.votes.answered(voterId, answer.granted);
    if (role.votes.hasWon(this.#voters)) {
      if (role.name === 'prospective') this.#becomeCandidate(nowMs);
      else this.#becomeLeader(role.votes, nowMs);
    } else if (role.name === 'prospective' && role.votes.hasLost(this.#voters)) {
      this.#giveUpElection(role.leaderEndpoint, nowMs);
    }
  }

  /** @returns the error code of the answer */
  onBeginEpoch(leader: LeaderHint, voter: ReplicaKey | undefined, nowMs: number): number {
    if (leader.epoch < this.#epoch) return ErrorCode.FENCED_LEADER_EPOCH;
    if (leader.leaderId < 0 || leader.leaderId === this.self.id) return ErrorCode.INVALID_REQUEST;
    this.learn(leader, nowMs);
    if (voter !== undefined && !sameReplica(voter, this.self)) return ErrorCode.INVALID_VOTER_KEY;
    return ErrorCode.NONE;
  }

  /** @returns the error code of the answer */
  onEndEpoch(leader: LeaderHint, successors: readonly ReplicaKey[], nowMs: number): number {
    if (leader.epoch < this.#epoch) return ErrorCode.FENCED_LEADER_EPOCH;
    if (leader.leaderId < 0 || leader.leaderId === this.self.id) return ErrorCode.INVALID_REQUEST;
    this.learn(leader, nowMs);
    const role = this.#role;
    if (role.name !== 'follower' || role.leaderId !== leader.leaderId || !this.isVoter) return ErrorCode.NONE;
    const found = successors.findIndex((key) => sameReplica(key, this.self));
    const position = found === -1 ? successors.length : found;
    role.deadlineMs = nowMs + this.#timing.successorMs(position, successors.length);
    // It will not answer again: nobody else's election has to wait for this node to notice.
    role.hasFetched = false;
    role.isOver = true;
    return ErrorCode.NONE;
  }

  /** The leader has answered a fetch of this epoch. */
  onFetched(nowMs: number): void {
    const role = this.#role;
    if (role.name !== 'follower' || role.isOver) return;
    role.hasFetched = true;
    role.deadlineMs = nowMs + this.#timing.fetchMs;
  }

  /**
   * Nobody listens any more where the leader of this epoch has answered before: its process has ended. To wait for the
   * fetch time-out would only cost time, and the pre-votes of others are not to be refused for its sake.
   */
  onLeaderGone(nowMs: number): void {
    const role = this.#role;
    if (role.name === 'follower' && role.hasFetched && this.isVoter) this.#standSoon(role, nowMs);
  }

  /**
   * The leader of this epoch says itself that it is not: it has been started again, and will not lead this epoch any
   * more. Where all nodes were killed nobody would stand before the fetch time-out otherwise.
   */
  onLeaderOver(nowMs: number): void {
    const role = this.#role;
    if (role.name !== 'follower' || role.isOver || !this.isVoter) return;
    role.isOver = true;
    this.#standSoon(role, nowMs);
  }

  /** Gives leadership up; the others hear of it, the ones with the most first in line. */
  resign(nowMs: number): void {
    const role = this.#role;
    if (role.name !== 'leader') return;
    const successors = role.progress.successors();
    this.#become({ name: 'resigned', deadlineMs: this.#electionDeadline(nowMs) });
    this.#effects.push({ kind: 'end-epoch', epoch: this.#epoch, successors });
  }

  /**
   * What another node says of the leader.
   * @returns false where it speaks of an epoch that is over
   */
  learn({ leaderId, epoch, endpoint }: LeaderHint, nowMs: number): boolean {
    if (epoch < this.#epoch) return false;
    if (epoch > this.#epoch) this.#enterEpoch(epoch, nowMs);
    if (leaderId < 0 || leaderId === this.self.id) return true;
    invariant(
      this.#leaderId < 0 || this.#leaderId === leaderId,
      `epoch ${epoch} has two leaders: nodes ${this.#leaderId} and ${leaderId}`,
    );
    const isNew = this.#leaderId < 0;
    this.#leaderId = leaderId;
    const known = endpoint ?? this.#knownEndpoint(leaderId);
    const role = this.#role;
    const wasLost =
      role.name === 'unattached' || (role.name === 'prospective' && role.leaderEndpoint === undefined);
    if (known !== undefined && (isNew || wasLost)) this.#follow(leaderId, known, nowMs);
    else if (isNew) this.#becomeUnattached(nowMs);
    return true;
  }

  #isOwnVote({ epoch, votedFor }: ElectionState): boolean {
    return epoch === this.#epoch && votedFor !== undefined && sameReplica(votedFor, this.self);
  }

  #mayGrant(candidate: ReplicaKey, preVote: boolean): boolean {
    const role = this.#role;
    if (role.name === 'leader') return false;
    if (preVote) return role.name !== 'follower' || !role.hasFetched;
    if (role.name !== 'unattached' && role.name !== 'prospective') return false;
    if (this.#leaderId >= 0) return false;
    return this.#votedFor === undefined || sameReplica(this.#votedFor, candidate);
  }

  #vote(candidate: ReplicaKey, nowMs: number): void {
    this.#votedFor ??= candidate;
    if (this.#role.name === 'unattached') this.#role.deadlineMs = this.#electionDeadline(nowMs);
  }

  #enterEpoch(epoch: number, nowMs: number): void {
    this.#epoch = epoch;
    this.#leaderId = -1;
    this.#votedFor = undefined;
    this.#becomeUnattached(nowMs);
  }

  /** The time that has passed counts, or somebody who raises epochs again and again keeps others from their turn. */
  #becomeUnattached(nowMs: number): void {
    const role = this.#role;
    const isWaiting = role.name !== 'leader' && this.isVoter && role.deadlineMs !== Infinity;
    const deadlineMs = isWaiting ? role.deadlineMs : this.#electionDeadline(nowMs);
    this.#become({ name: 'unattached', deadlineMs });
  }

  #follow(leaderId: number, leaderEndpoint: SocketAddress, nowMs: number): void {
    const deadlineMs = nowMs + this.#timing.fetchMs;
    const role: FollowerRole = {
      name: 'follower',
      leaderId,
      leaderEndpoint,
      hasFetched: false,
      isOver: false,
      deadlineMs,
    };
    this.#become(role);
  }

  #becomeProspective(nowMs: number): void {
    const before = this.#role;
    const leaderEndpoint = before.name === 'follower' ? before.leaderEndpoint : undefined;
    const votes = new VoteCount(this.self.id);
    const deadlineMs = this.#electionDeadline(nowMs);
    this.#become({ name: 'prospective', votes, leaderEndpoint, deadlineMs });
    if (votes.hasWon(this.#voters)) this.#becomeCandidate(nowMs);
    else this.#askForVotes();
  }

  #becomeCandidate(nowMs: number): void {
    const votes = new VoteCount(this.self.id);
    this.#epoch++;
    this.#leaderId = -1;
    this.#votedFor = this.self;
    this.#become({ name: 'candidate', votes, deadlineMs: this.#electionDeadline(nowMs) });
    if (votes.hasWon(this.#voters)) this.#becomeLeader(votes, nowMs);
    else this.#askForVotes();
  }

  #becomeLeader(votes: VoteCount, nowMs: number): void {
    const { self, log, rules } = this.#options;
    const progress = new LeaderProgress({
      self,
      rules,
      voters: this.#voters,
      epochStartOffset: log.nextOffset,
      nowMs,
    });
    this.#leaderId = self.id;
    const grantedBy = this.#voters.voters.filter(({ id }) => votes.granted.has(id));
    const role = {
      name: 'leader',
      progress,
      grantedBy,
      announceMs: nowMs + this.#timing.announceMs,
    } as const;
    this.#become(role);
    this.#effects.push({ kind: 'elected', role });
    this.#effects.push({ kind: 'announce', role, voters: progress.silentVoters(nowMs) });
  }

  #standSoon(role: FollowerRole, nowMs: number): void {
    role.hasFetched = false;
    role.deadlineMs = Math.min(role.deadlineMs, nowMs + this.#timing.goneMs());
  }

  #giveUpElection(leaderEndpoint: SocketAddress | undefined, nowMs: number): void {
    const isKnown = leaderEndpoint !== undefined && this.#leaderId >= 0 && this.#leaderId !== this.self.id;
    if (isKnown) return this.#follow(this.#leaderId, leaderEndpoint, nowMs);
    this.#become({ name: 'unattached', deadlineMs: this.#electionDeadline(nowMs) });
  }

  #tickLeader(nowMs: number): void {
    const role = this.#role;
    if (role.name !== 'leader') return;
    if (nowMs >= role.progress.checkQuorumMs(this.#timing.checkQuorumMs)) return this.resign(nowMs);
    if (nowMs < role.announceMs) return;
    const voters = role.progress.silentVoters(nowMs - this.#timing.announceMs);
    role.announceMs = nowMs + this.#timing.announceMs;
    if (voters.length > 0) this.#effects.push({ kind: 'announce', role, voters });
  }

  #askForVotes(): void {
    const role = this.#role;
    if (role.name !== 'prospective' && role.name !== 'candidate') return;
    this.#effects.push({ kind: 'ask-for-votes', role });
  }

  #become(role: QuorumRole): void {
    if (this.#role.name === 'leader') this.#effects.push({ kind: 'lost-leadership' });
    this.#role = role;
  }

  #electionDeadline(nowMs: number): number {
    return this.isVoter ? nowMs + this.#timing.electionMs() : Infinity;
  }

  #knownEndpoint(nodeId: number): SocketAddress | undefined {
    const voter = this.#voters.get(nodeId);
    const endpoint = voter?.endpoints[0];
    return endpoint === undefined ? undefined : { host: endpoint.host, port: endpoint.port };
  }
}

/** For a question of a version that does not name the directory. */
export const ANY_DIRECTORY: string = ZERO_UUID;
