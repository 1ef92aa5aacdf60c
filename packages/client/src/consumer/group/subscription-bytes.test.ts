import { describe, expect, it } from 'vitest';
import { memberSubscription, partitionList } from '../testing/member-subscription.ts';
import {
  readAssignment,
  readSubscription,
  writeAssignment,
  writeSubscription,
} from './subscription-bytes.ts';

const JAVA_SUBSCRIPTION_V1 = '0001000000010001 74ffffffff0000000100017400000001 00000000'.replaceAll(' ', '');
const JAVA_ASSIGNMENT_V0 = '0000000000010001740000000200000000 00000001ffffffff'.replaceAll(' ', '');

describe('subscription and assignment bytes', () => {
  it('reads what Java wrote in version 1', () => {
    const read = readSubscription(Buffer.from(JAVA_SUBSCRIPTION_V1, 'hex'), {
      memberId: 'a',
      groupInstanceId: null,
    });
    expect(read).toEqual(memberSubscription('a', ['t'], { ownedPartitions: partitionList('t-0') }));
  });

  it('reads back what it writes', () => {
    const member = memberSubscription('a', ['t', 'u'], {
      userData: Buffer.from('x'),
      ownedPartitions: partitionList('t-0 t-1 u-3'),
      generationId: 9,
      rackId: 'r1',
    });
    expect(readSubscription(writeSubscription(member), member)).toEqual(member);
  });

  it('reads the part it knows of a version from the future', () => {
    const bytes = Buffer.concat([writeSubscription(memberSubscription('a', ['t'])), Buffer.from('more')]);
    bytes.writeInt16BE(99, 0);
    expect(readSubscription(bytes, { memberId: 'a', groupInstanceId: null }).topics).toEqual(['t']);
  });

  it('reads assignments of version 0 and its own', () => {
    expect(readAssignment(Buffer.from(JAVA_ASSIGNMENT_V0, 'hex'))).toEqual(partitionList('t-0 t-1'));
    expect(readAssignment(writeAssignment(partitionList('u-1 t-4')))).toEqual(partitionList('t-4 u-1'));
    expect(readAssignment(Buffer.alloc(0))).toEqual([]);
  });

  it('refuses bytes that are no subscription', () => {
    const cut = Buffer.from(JAVA_SUBSCRIPTION_V1, 'hex').subarray(0, 9);
    expect(() => readSubscription(cut, { memberId: 'a', groupInstanceId: null })).toThrow();
  });
});
