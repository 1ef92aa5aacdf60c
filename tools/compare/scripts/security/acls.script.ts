import { createAcls, deleteAcls, describeAcls } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';

const resource = { any: 1, topic: 2, group: 3, cluster: 4, transactionalId: 5 } as const;
const pattern = { any: 1, match: 2, literal: 3, prefixed: 4 } as const;
const operation = { any: 1, all: 2, read: 3, write: 4, describe: 8 } as const;
const permission = { any: 1, deny: 2, allow: 3 } as const;

interface Creation {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly resourcePatternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

function filters(overrides: object = {}) {
  return {
    resourceTypeFilter: resource.any as number,
    resourceNameFilter: null as string | null,
    patternTypeFilter: pattern.any as number,
    principalFilter: null as string | null,
    hostFilter: null as string | null,
    operation: operation.any as number,
    permissionType: permission.any as number,
    ...overrides,
  };
}

async function described(peer: Peer, label: string, version: number, overrides: object): Promise<void> {
  const { errorCode, resources } = await peer.quietly(describeAcls, version, filters(overrides));
  const acls = resources.flatMap(({ acls: each, ...of }) =>
    each.map((acl) => [of.resourceType, of.resourceName, of.patternType, ...Object.values(acl)].join(' ')),
  );
  peer.note(`${label}, v${version}`, { errorCode, acls: acls.toSorted() });
}

export const script: CompareScript = {
  name: 'acls',
  title: 'ACLs: made, made twice, found by every kind of filter, deleted, and the ones that make no sense.',
  properties: {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  },
  known: [
    {
      step: 'any *, v*',
      field: 'results[0].errorCode',
      reason: 'UNKNOWN_SERVER_ERROR there; INVALID_REQUEST says whose mistake it is',
    },
    {
      step: 'matching pattern, v*',
      field: 'results[0].errorCode',
      reason: 'UNKNOWN_SERVER_ERROR there; INVALID_REQUEST says whose mistake it is',
    },
    {
      step: 'by an unknown type, v*',
      field: 'errorCode',
      reason: 'nothing is found there; here the mistake is named',
    },
  ],
  async run(peer) {
    for (const version of peer.versions(createAcls)) {
      const user = `User:${peer.unique(`alice-${version}`)}`;
      const acl = (overrides: Partial<Creation> = {}): Creation => ({
        resourceType: resource.topic,
        resourceName: 'orders',
        resourcePatternType: pattern.literal,
        principal: user,
        host: '*',
        operation: operation.read,
        permissionType: permission.allow,
        ...overrides,
      });
      const create = (label: string, ...creations: Creation[]) =>
        peer.ask(label, createAcls, version, { creations });
      await create('good', acl());
      await create('again', acl());
      await create('two', acl({ operation: operation.write }), acl({ resourceType: resource.group }));
      await create('prefixed', acl({ resourceName: 'ord', resourcePatternType: pattern.prefixed }));
      await create('wildcard', acl({ resourceName: '*', permissionType: permission.deny }));
      await create('cluster', acl({ resourceType: resource.cluster, resourceName: 'kafka-cluster' }));
      await create('cluster of another name', acl({ resourceType: resource.cluster, resourceName: 'mine' }));
      await create('any type', acl({ resourceType: resource.any }));
      await create('any operation', acl({ operation: operation.any }));
      await create('any permission', acl({ permissionType: permission.any }));
      await create('matching pattern', acl({ resourcePatternType: pattern.match }));
      await create('unknown type', acl({ resourceType: 77 }));
      await create('empty name', acl({ resourceName: '' }));
      await create('principal without a type', acl({ principal: 'alice' }));
      await create('empty host', acl({ host: '' }));
      await create('one good, one bad', acl({ operation: operation.describe }), acl({ resourceName: '' }));
      await create('none');
      await peer.caughtUp();
      await described(peer, 'of the user', version, { principalFilter: user });
      await described(peer, 'literal', version, {
        principalFilter: user,
        patternTypeFilter: pattern.literal,
      });
      await described(peer, 'matching', version, {
        principalFilter: user,
        resourceTypeFilter: resource.topic,
        resourceNameFilter: 'orders',
        patternTypeFilter: pattern.match,
      });
      await described(peer, 'by name, any pattern', version, {
        principalFilter: user,
        resourceNameFilter: 'ord',
      });
      await described(peer, 'denying', version, { principalFilter: user, permissionType: permission.deny });
      await described(peer, 'by another host', version, { principalFilter: user, hostFilter: '10.0.0.1' });
      await described(peer, 'by an unknown type', version, { resourceTypeFilter: 77 });
      const remove = (label: string, overrides: object) =>
        peer.ask(label, deleteAcls, version, { filters: [filters(overrides)] });
      await remove('delete what is not there', { principalFilter: `${user}-nobody` });
      await remove('delete one', { principalFilter: user, operation: operation.write });
      await remove('delete by an unknown operation', { principalFilter: user, operation: 77 });
      await peer.caughtUp();
      await described(peer, 'after deleting', version, { principalFilter: user });
    }
  },
};
