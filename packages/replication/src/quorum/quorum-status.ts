import type { QuorumCore } from './quorum-core.ts';

/** Kafka's names of what a node is in the quorum. */
export type QuorumStanding =
  | 'leader'
  | 'candidate'
  | 'prospective'
  | 'prospective-voted'
  | 'follower'
  | 'observer'
  | 'unattached'
  | 'unattached-voted';

/** What operators watch of the metadata quorum on one node. */
export interface QuorumStatus {
  readonly standing: QuorumStanding;
  /** The node that it voted for in this epoch and whose election is open, or itself where it leads; -1 for none. */
  readonly votedFor: number;
  /** Of the last record; 0 where there is none. */
  readonly logEndEpoch: number;
  /** Nodes without a vote that follow the leader; 0 on any other node. */
  readonly observers: number;
  /** Whether voters have changed and it is not known to be committed. */
  readonly isVoterChangeOpen: boolean;
  /** Other voters whose address this node does not know. */
  readonly unknownVoters: number;
  /** Averages and maxima of the last half to whole minute, 0 where there was nothing. */
  readonly commitAverageMs: number;
  readonly commitMaxMs: number;
  readonly electionAverageMs: number;
  readonly electionMaxMs: number;
  /** Records had from the leader, and written as the leader, lately. */
  readonly fetchedPerSec: number;
  readonly appendedPerSec: number;
}

export function quorumStatus(core: QuorumCore, nowMs: number): QuorumStatus {
  const { machine, measures, log } = core;
  const { role, voters, self } = machine;
  return {
    standing: standingOf(core),
    votedFor: votedFor(core),
    logEndEpoch: log.lastEpoch,
    observers: role.name === 'leader' ? role.progress.observers(nowMs).length : 0,
    isVoterChangeOpen: machine.formerVoters !== undefined,
    unknownVoters: voters.voters.filter(({ id, endpoints }) => id !== self.id && endpoints.length === 0)
      .length,
    commitAverageMs: measures.commitMs.average(nowMs),
    commitMaxMs: measures.commitMs.max(nowMs),
    electionAverageMs: measures.electionMs.average(nowMs),
    electionMaxMs: measures.electionMs.max(nowMs),
    fetchedPerSec: measures.fetched.perSec(nowMs),
    appendedPerSec: measures.appended.perSec(nowMs),
  };
}

function standingOf({ machine }: QuorumCore): QuorumStanding {
  const { role, election, isVoter } = machine;
  const hasVoted = election.votedFor !== undefined;
  switch (role.name) {
    case 'leader':
    case 'candidate':
      return role.name;
    case 'prospective':
      return hasVoted ? 'prospective-voted' : 'prospective';
    case 'follower':
      return isVoter ? 'follower' : 'observer';
    case 'unattached':
      return hasVoted ? 'unattached-voted' : 'unattached';
    case 'resigned':
      return 'unattached';
  }
}

function votedFor({ machine }: QuorumCore): number {
  const { role, election, self } = machine;
  if (role.name === 'leader' || role.name === 'candidate') return self.id;
  const isOpen = role.name === 'unattached' || role.name === 'prospective';
  return isOpen ? (election.votedFor?.id ?? -1) : -1;
}
