import { expect, it } from 'vitest';
import { startBroker } from '../testing/start-broker.ts';
import type { Acl } from './acl.ts';
import { Admin } from './admin.ts';

it('sets ACLs, finds them by filter with defaults filled in, and removes what matches', async () => {
  await using broker = await startBroker({
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  });
  const admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers }, { host: broker.host });
  const read: Acl = {
    resourceType: 'TOPIC',
    resourceName: 'orders',
    principal: 'User:alice',
    operation: 'READ',
  };
  const commit: Acl = {
    resourceType: 'TRANSACTIONAL_ID',
    resourceName: 'shop-',
    patternType: 'PREFIXED',
    principal: 'User:bob',
    host: '10.0.0.1',
    operation: 'TWO_PHASE_COMMIT',
    permission: 'DENY',
  };
  const defaults = { patternType: 'LITERAL', host: '*', permission: 'ALLOW' };
  try {
    await admin.createAcls([read, commit]);
    expect(await admin.describeAcls()).toHaveLength(2);
    expect(await admin.describeAcls({ resourceType: 'TOPIC' })).toEqual([{ ...read, ...defaults }]);
    expect(await admin.describeAcls({ operation: 'TWO_PHASE_COMMIT' })).toEqual([commit]);
    expect(await admin.describeAcls({ resourceName: 'shop-1', patternType: 'MATCH' })).toEqual([commit]);
    expect(await admin.deleteAcls([{ permission: 'ALLOW' }])).toEqual([[{ ...read, ...defaults }]]);
    expect(await admin.describeAcls()).toEqual([commit]);
  } finally {
    await admin.close();
  }
});
