import { quorumRules, type QuorumRules } from '../quorum/quorum-rules.ts';

/** Mistakes that are easy to make, each of which the simulation has to find. */
export const brokenRules: ReadonlyMap<string, QuorumRules> = new Map([
  [
    'committed-voters',
    {
      ...quorumRules,
      // Voters take effect when the record that names them is committed, not when it is appended.
      votersInEffect: ({ voters }, highWatermark) => {
        const committed = voters.before(Math.max(highWatermark, 0));
        return committed.size > 0 ? committed : voters.latest;
      },
    },
  ],
  [
    'removed-leader-counts',
    {
      ...quorumRules,
      // A leader that is being removed still takes itself for one of the majority.
      countedVoters: (voters, leader) =>
        voters.has(leader) ? voters.voters : [...voters.voters.slice(1), leader],
    },
  ],
  ['two-changes-in-flight', { ...quorumRules, mayChangeVoters: () => true }],
  // Shows only in an answer that brings a follower to the first record of the epoch and not over it: with that record
  // the older ones are committed rightly, and without records of older epochs it is the first.
  ['commit-of-older-epoch', { ...quorumRules, mayCommit: () => true }],
  [
    'vote-in-memory',
    {
      ...quorumRules,
      // Only the epoch reaches the disk.
      saveElection: async (disk, directory, { epoch }, form) => {
        await quorumRules.saveElection(disk, directory, { epoch, leaderId: -1, votedFor: undefined }, form);
      },
    },
  ],
] satisfies [string, QuorumRules][]);
