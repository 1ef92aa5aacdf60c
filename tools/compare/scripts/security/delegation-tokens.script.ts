import {
  createDelegationToken,
  describeDelegationToken,
  expireDelegationToken,
  renewDelegationToken,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'delegation-tokens',
  title: 'The APIs of delegation tokens on a node that gives none out.',
  async run(peer) {
    const hmac = Buffer.from('no such token');
    for (const version of peer.versions(createDelegationToken)) {
      await peer.ask('create', createDelegationToken, version, { renewers: [], maxLifetimeMs: 1000 });
    }
    for (const version of peer.versions(renewDelegationToken)) {
      await peer.ask('renew', renewDelegationToken, version, { hmac, renewPeriodMs: 1000 });
    }
    for (const version of peer.versions(expireDelegationToken)) {
      await peer.ask('expire', expireDelegationToken, version, { hmac, expiryTimePeriodMs: 1000 });
    }
    for (const version of peer.versions(describeDelegationToken)) {
      await peer.ask('describe', describeDelegationToken, version, { owners: null });
    }
  },
};
