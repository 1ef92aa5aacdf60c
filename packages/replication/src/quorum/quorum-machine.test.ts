import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { QuorumMachine, type VoteQuestion } from './quorum-machine.ts';
import { quorumRules } from './quorum-rules.ts';
import { defaultQuorumSettings } from './quorum-settings.ts';
import { noElection, type ElectionState } from './quorum-state-file.ts';
import { VoterSet } from './voter-set.ts';

const SELF = { id: 1, directoryId: 'AAAAAAAAAAAAAAAAAAAAEQ' };
const LOG = { startOffset: 0, endOffset: 10, nextOffset: 10, lastEpoch: 3 };
const VOTERS = VoterSet.parse('1@a:1,2@b:2,3@c:3', 'CONTROLLER');

interface World {
  readonly election?: ElectionState;
  readonly voters?: VoterSet;
  readonly isController?: boolean;
}

/** Started at time 0; its draws are 0, so an election time-out is exactly 1000 ms. */
function machine({ election = noElection, voters = VOTERS, isController = true }: World = {}): QuorumMachine {
  const started = new QuorumMachine({
    self: SELF,
    isController,
    voters,
    settings: defaultQuorumSettings,
    rules: quorumRules,
    random: () => 0,
    log: LOG,
    election,
  });
  started.start(0);
  return started;
}

function question(change: Partial<VoteQuestion> = {}): VoteQuestion {
  return {
    epoch: 5,
    candidate: { id: 2, directoryId: ZERO_UUID },
    voterId: 1,
    voterDirectoryId: SELF.directoryId,
    lastEpoch: 3,
    lastOffset: 10,
    preVote: false,
    ...change,
  };
}

const granted = { errorCode: ErrorCode.NONE, granted: true };
const refused = { errorCode: ErrorCode.NONE, granted: false };

function answer(nodeId: number, epoch: number, isGranted: boolean) {
  const leader = { leaderId: -1, epoch };
  return [nodeId, { errorCode: ErrorCode.NONE, granted: isGranted, leader }] as const;
}

/** Wins the pre-vote, and then the votes, of node 2. */
function elect(one: QuorumMachine, nowMs = 1000): void {
  one.onTick(nowMs);
  const [nodeId, vote] = answer(2, one.epoch, true);
  one.onVoteAnswer(nodeId, one.role, vote, nowMs);
  one.onVoteAnswer(...(([id, next]) => [id, one.role, next, nowMs] as const)(answer(2, one.epoch, true)));
}

describe('a voter', () => {
  test('goes from pre-vote to candidate to leader, and raises its epoch only as a candidate', () => {
    const one = machine();
    expect([one.role.name, one.epoch, one.nextDeadlineMs]).toEqual(['unattached', 3, 1000]);
    one.onTick(1000);
    expect([one.role.name, one.epoch]).toEqual(['prospective', 3]);
    const [two, yes] = answer(2, 3, true);
    one.onVoteAnswer(two, one.role, yes, 1001);
    expect([one.role.name, one.election]).toEqual(['candidate', { epoch: 4, leaderId: -1, votedFor: SELF }]);
    one.onVoteAnswer(two, one.role, answer(2, 4, true)[1], 1002);
    expect([one.role.name, one.election]).toEqual(['leader', { epoch: 4, leaderId: 1, votedFor: SELF }]);
    expect(one.takeEffects().map(({ kind }) => kind)).toEqual([
      'ask-for-votes',
      'ask-for-votes',
      'elected',
      'announce',
    ]);
  });

  test('gives a pre-vote up when a majority refuses, and stays in its epoch', () => {
    const one = machine();
    one.onTick(1000);
    const asked = one.role;
    one.onVoteAnswer(2, asked, answer(2, 3, false)[1], 1001);
    expect(one.role.name).toBe('prospective');
    one.onVoteAnswer(3, asked, answer(3, 3, false)[1], 1001);
    expect([one.role.name, one.epoch]).toEqual(['unattached', 3]);
  });

  test('does not count answers to an election that is over', () => {
    const one = machine();
    one.onTick(1000);
    const asked = one.role;
    one.onTick(2000);
    one.onTick(3000);
    expect(one.role).not.toBe(asked);
    one.onVoteAnswer(2, asked, answer(2, 3, true)[1], 3001);
    expect(one.role.name).toBe('prospective');
  });

  test('stands soon when nobody listens any more where its leader was', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    one.onFetched(20);
    expect(one.onVote(question({ epoch: 6, lastEpoch: 6, preVote: true }), 30)).toEqual(refused);
    one.onLeaderGone(40);
    // Nor does it stand in the way of others.
    expect(one.onVote(question({ epoch: 6, lastEpoch: 6, preVote: true }), 40)).toEqual(granted);
    expect([one.role.name, one.nextDeadlineMs]).toEqual(['follower', 40]);
    one.onTick(40);
    expect([one.role.name, one.epoch]).toEqual(['prospective', 6]);
  });

  test('waits out the time of a leader that it has never reached, whoever refuses its connections', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    one.onLeaderGone(20);
    expect(one.nextDeadlineMs).toBe(2010);
  });

  test('stands soon when its leader says that it leads no more, though it has never been reached before', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    one.onLeaderOver(20);
    expect([one.role.name, one.nextDeadlineMs]).toEqual(['follower', 20]);
    // Nothing that comes from it now can be of its leadership.
    one.onFetched(25);
    expect(one.nextDeadlineMs).toBe(20);
    one.onTick(30);
    expect([one.role.name, one.epoch]).toEqual(['prospective', 6]);
  });

  test('keeps the order in which its leader has asked others to stand when it leaves', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    const successors = [3, 1].map((id) => ({ id, directoryId: ZERO_UUID }));
    one.onEndEpoch({ leaderId: 2, epoch: 6 }, successors, 20);
    const { nextDeadlineMs } = one;
    one.onLeaderOver(25);
    expect(one.nextDeadlineMs).toBe(nextDeadlineMs);
  });

  test('takes the leader that anybody names, and forgets it in a newer epoch', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    expect(one.leader).toEqual({ leaderId: 2, epoch: 6, endpoint: { host: 'b', port: 2 } });
    expect(one.learn({ leaderId: 3, epoch: 5 }, 20)).toBe(false);
    one.learn({ leaderId: -1, epoch: 7 }, 30);
    expect([one.role.name, one.leader]).toEqual(['unattached', { leaderId: -1, epoch: 7 }]);
  });

  test('follows a leader as soon as it hears where that listens', () => {
    const one = machine();
    one.learn({ leaderId: 9, epoch: 6 }, 10);
    one.onTick(2000);
    expect([one.role.name, one.leader]).toEqual(['prospective', { leaderId: 9, epoch: 6 }]);
    one.learn({ leaderId: 9, epoch: 6, endpoint: { host: 'i', port: 9 } }, 2001);
    expect(one.role.name).toBe('follower');
  });

  test('stops at two leaders in one epoch', () => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    expect(() => one.learn({ leaderId: 3, epoch: 6 }, 20)).toThrow('epoch 6 has two leaders: nodes 2 and 3');
  });
});

describe('a vote', () => {
  test.each([
    ['to a log as long as the own one', {}, granted],
    ['to a longer one', { lastOffset: 11 }, granted],
    ['to a shorter one of a later epoch', { lastEpoch: 4, lastOffset: 2 }, granted],
    ['not to a shorter one', { lastOffset: 9 }, refused],
    ['not to a longer one of an earlier epoch', { lastEpoch: 2, lastOffset: 99 }, refused],
    ['not in an epoch that is over', { epoch: 2, lastEpoch: 1 }, { errorCode: 74, granted: false }],
    ['not to a log from the future', { lastEpoch: 5 }, { errorCode: 42, granted: false }],
    ['not as somebody else', { voterId: 3 }, { errorCode: 125, granted: false }],
    [
      'not with the directory of a former disk',
      { voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAFA' },
      { errorCode: 125, granted: false },
    ],
  ])('is given %s', (_name, change, verdict) => {
    expect(machine().onVote(question(change), 1)).toEqual(verdict);
  });

  test('is given once for an epoch, to the same candidate again only with a log that is still as long', () => {
    const one = machine();
    expect(one.onVote(question(), 1)).toEqual(granted);
    expect(one.election.votedFor?.id).toBe(2);
    expect(one.onVote(question({ candidate: { id: 3, directoryId: ZERO_UUID } }), 2)).toEqual(refused);
    expect(one.onVote(question(), 3)).toEqual(granted);
    // It lost its tail in a power loss, which others may count on.
    expect(one.onVote(question({ lastOffset: 9 }), 4)).toEqual(refused);
  });

  test('is remembered across a restart', () => {
    const votedFor = { id: 2, directoryId: ZERO_UUID };
    const one = machine({ election: { epoch: 5, leaderId: -1, votedFor } });
    expect(one.onVote(question({ candidate: { id: 3, directoryId: ZERO_UUID } }), 2)).toEqual(refused);
    expect(one.onVote(question(), 3)).toEqual(granted);
  });

  test('is refused where a leader of the epoch is known, and by the leader', () => {
    const follower = machine();
    follower.learn({ leaderId: 3, epoch: 5 }, 1);
    expect(follower.onVote(question(), 2)).toEqual(refused);
    const leader = machine();
    elect(leader);
    expect(leader.onVote(question({ epoch: 4 }), 1001)).toEqual(refused);
    expect(leader.onVote(question({ epoch: 4, preVote: true }), 1001)).toEqual(refused);
  });

  test('beforehand is refused by a follower that hears its leader, not by one that never has', () => {
    const one = machine();
    one.learn({ leaderId: 3, epoch: 5 }, 1);
    expect(one.onVote(question({ preVote: true }), 2)).toEqual(granted);
    one.onFetched(3);
    expect(one.onVote(question({ preVote: true }), 4)).toEqual(refused);
    expect(one.election.votedFor).toBeUndefined();
  });

  test('that raises the epoch again and again does not keep a voter from its turn', () => {
    const one = machine();
    for (const epoch of [6, 7, 8]) one.onVote(question({ epoch, lastOffset: 1 }), 900);
    one.onTick(1000);
    expect([one.role.name, one.epoch]).toEqual(['prospective', 8]);
  });
});

describe('a leader', () => {
  test('gives up when a majority has not fetched for 1.5 fetch time-outs', () => {
    const one = machine();
    elect(one);
    const { role } = one;
    if (role.name === 'leader') role.progress.fetched({ id: 3, directoryId: 'x' }, 10, 10, 2000);
    one.onTick(4999);
    expect(one.role.name).toBe('leader');
    one.onTick(5000);
    expect([one.role.name, one.leader.leaderId]).toEqual(['resigned', -1]);
    expect(one.takeEffects().at(-1)).toMatchObject({
      kind: 'end-epoch',
      epoch: 4,
      successors: [{ id: 3 }, { id: 2 }],
    });
  });

  test('of the life before does not lead its epoch again', () => {
    const one = machine({ election: { epoch: 5, leaderId: 1, votedFor: SELF } });
    expect([one.role.name, one.leader]).toEqual(['resigned', { leaderId: -1, epoch: 5 }]);
    elect(one);
    expect([one.role.name, one.epoch]).toEqual(['leader', 6]);
  });

  test('commits nothing before a record of its own epoch is with a majority', () => {
    const one = machine();
    elect(one);
    const { role } = one;
    if (role.name !== 'leader') throw new Error(role.name);
    const { progress } = role;
    progress.flushed(11);
    expect(progress.fetched({ id: 2, directoryId: 'x' }, 10, 11, 1001)).toBe(false);
    expect(progress.highWatermark).toBe(-1);
    expect(progress.fetched({ id: 2, directoryId: 'x' }, 11, 11, 1002)).toBe(true);
    expect(progress.highWatermark).toBe(11);
  });

  test('alone is elected at the start', () => {
    const one = machine({ voters: VoterSet.alone(1) });
    expect([one.role.name, one.epoch, one.nextDeadlineMs]).toEqual(['leader', 4, 1000]);
  });
});

describe('the end of an epoch', () => {
  test.each([
    [[{ id: 1 }, { id: 3 }], 0],
    [[{ id: 3 }, { id: 1 }], 500],
    [[{ id: 3 }, { id: 4 }, { id: 1 }], 500],
    [[{ id: 3 }, { id: 1 }, { id: 4 }], 250],
  ])('lets successors %j stand one after the other', (successors, delayMs) => {
    const one = machine();
    one.learn({ leaderId: 2, epoch: 5 }, 1);
    one.onFetched(2);
    const keys = successors.map(({ id }) => ({ id, directoryId: ZERO_UUID }));
    expect(one.onEndEpoch({ leaderId: 2, epoch: 5 }, keys, 10)).toBe(ErrorCode.NONE);
    expect(one.nextDeadlineMs).toBe(10 + delayMs);
    // Nobody has to wait until this node has noticed by itself; an answer from before changes nothing.
    one.onFetched(11);
    expect(one.nextDeadlineMs).toBe(10 + delayMs);
    expect(one.onVote(question({ preVote: true }), 11)).toEqual(granted);
  });
});

describe('a node without a vote', () => {
  test('follows, and never stands', () => {
    const one = machine({ isController: false });
    expect(one.nextDeadlineMs).toBe(Infinity);
    one.learn({ leaderId: 2, epoch: 6 }, 10);
    expect(one.role.name).toBe('follower');
    one.onTick(5000);
    expect([one.role.name, one.nextDeadlineMs]).toEqual(['unattached', Infinity]);
    one.learn({ leaderId: 2, epoch: 6 }, 5001);
    expect(one.role.name).toBe('follower');
  });

  test('that is being removed may stand until that is committed', () => {
    const one = machine();
    one.setVoters(VOTERS.without(1), VOTERS, 0);
    expect(one.isVoter).toBe(true);
    one.onTick(1000);
    expect(one.role.name).toBe('prospective');
    one.setVoters(VOTERS.without(1), undefined, 1001);
    expect([one.isVoter, one.role.name]).toEqual([false, 'unattached']);
  });
});
