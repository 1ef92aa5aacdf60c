import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { createAcls, type TestAcl } from '../testing/acls.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

const fine: TestAcl = { type: 'TOPIC', name: 'orders', operation: 'READ' };

describe('CreateAcls', () => {
  test('creates each that can be, once, and keeps them over a restart', async () => {
    const host = memoryHost();
    {
      await using server = await startSecuredBroker({}, host);
      const admin = await connectAs(server, 'admin');
      expect(await createAcls(admin, [fine, { ...fine, type: 'ANY' }, fine])).toEqual([
        ErrorCode.NONE,
        ErrorCode.INVALID_REQUEST,
        ErrorCode.NONE,
      ]);
      expect(await createAcls(admin, [fine])).toEqual([ErrorCode.NONE]);
    }
    await using server = await startSecuredBroker({}, host);
    expect([...server.broker.image.acls.values()]).toMatchObject([
      { resourceName: 'orders', principal: 'User:alice', host: '*' },
    ]);
  });

  test.each<[string, Partial<TestAcl>]>([
    ['no name', { name: '' }],
    ['a pattern that is for filters', { pattern: 'MATCH' }],
    ['any operation', { operation: 'ANY' }],
    ['any permission', { permission: 'ANY' }],
    ['another name of the cluster', { type: 'CLUSTER', name: 'mine' }],
    ['no principal', { principal: 'alice' }],
  ])('refuses %s', async (_what, change) => {
    await using server = await startSecuredBroker();
    const admin = await connectAs(server, 'admin');
    expect(await createAcls(admin, [{ ...fine, ...change }])).toEqual([ErrorCode.INVALID_REQUEST]);
    expect(server.broker.image.acls.size).toBe(0);
  });

  test('is for those who may alter the cluster, where ACLs are in force', async () => {
    await using server = await startSecuredBroker();
    const alice = await connectAs(server, 'alice');
    expect(await createAcls(alice, [fine])).toEqual([ErrorCode.CLUSTER_AUTHORIZATION_FAILED]);
    await using open = await TestBroker.start();
    expect(await createAcls(await open.connect(), [fine])).toEqual([ErrorCode.SECURITY_DISABLED]);
  });
});
