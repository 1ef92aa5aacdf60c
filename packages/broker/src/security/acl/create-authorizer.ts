import type { BrokerPropertyValues } from '../../config/broker-properties.ts';
import type { Acl } from './acl.ts';
import { Authorizer } from './authorizer.ts';

/** The authorizer that is configured; `undefined` for none. */
export function createAuthorizer(
  config: BrokerPropertyValues,
  acls: () => ReadonlyMap<string, Acl>,
): Authorizer | undefined {
  if (config['authorizer.class.name'] === '') return undefined;
  // Names of certificates hold commas, so that users are separated by semicolons.
  const superUsers = config['super.users'].split(';').map((user) => user.trim());
  return new Authorizer({
    superUsers: new Set(superUsers.filter((user) => user !== '')),
    allowsWithoutAcl: config['allow.everyone.if.no.acl.found'],
    acls,
  });
}
