import { describe, expect, test } from 'vitest';
import { electLeader, readElectionResult, writeElectionResult, type ElectionMember } from './elect-leader.ts';
import { identityJson, readIdentity } from './registry-identity.ts';

function member(
  memberId: string,
  host: string,
  rest: Partial<ElectionMember['identity']> = {},
): ElectionMember {
  return { memberId, identity: { host, port: 8081, scheme: 'http', isEligible: true, ...rest } };
}

describe('an election', () => {
  test('is won by the smallest address', () => {
    const result = electLeader([member('m1', 'b'), member('m2', 'a'), member('m3', 'c')], false);
    expect(result).toMatchObject({ leaderMemberId: 'm2', leader: { host: 'a' }, hasDuplicateUrls: false });
  });

  test('is not won by members that may not lead', () => {
    const members = [member('m1', 'b'), member('m2', 'a', { isEligible: false })];
    expect(electLeader(members, false).leaderMemberId).toBe('m1');
    expect(electLeader(members.slice(1), false).leaderMemberId).toBeUndefined();
  });

  test('leaves a sitting leader in place when it is sticky, unless there are two', () => {
    const members = [member('m1', 'a'), member('m2', 'b', { isLeader: true })];
    expect(electLeader(members, true).leaderMemberId).toBe('m2');
    expect(electLeader(members, false).leaderMemberId).toBe('m1');
    expect(electLeader([...members, member('m3', 'c', { isLeader: true })], true).leaderMemberId).toBe('m1');
  });

  test('notices two members with one address', () => {
    expect(electLeader([member('m1', 'a'), member('m2', 'a')], false).hasDuplicateUrls).toBe(true);
  });
});

describe('what members tell each other', () => {
  test('is the JSON of the Java registry', () => {
    const result = electLeader([member('m1', 'a')], false);
    expect(writeElectionResult(result).toString()).toBe(
      '{"version":1,"error":0,"master":"m1","master_identity":' +
        '{"version":1,"host":"a","port":8081,"master_eligibility":true,"scheme":"http"}}',
    );
    expect(readElectionResult(writeElectionResult(result))).toEqual(result);
    expect(writeElectionResult(electLeader([], false)).toString()).toBe('{"version":1,"error":0}');
  });

  test('is read from other instances, with or without newer members', () => {
    const json = { version: 1, host: 'a', port: 8081, master_eligibility: true, leader: false, rack: 'r' };
    expect(readIdentity(json)).toEqual({ host: 'a', port: 8081, scheme: 'http', isEligible: true });
    expect(identityJson(readIdentity({ ...json, leader: true }))).toMatchObject({ leader: true });
    expect(() => readIdentity({ host: 'a' })).toThrow('an identity needs host and port');
  });
});
