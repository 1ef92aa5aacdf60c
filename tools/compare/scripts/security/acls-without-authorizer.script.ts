import { createAcls, deleteAcls, describeAcls } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const [ANY, TOPIC, LITERAL, READ, ALLOW] = [1, 2, 3, 3, 3];

export const script: CompareScript = {
  name: 'acls-without-authorizer',
  title: 'The APIs of ACLs on a node without an authorizer.',
  async run(peer) {
    const filter = {
      resourceTypeFilter: ANY,
      resourceNameFilter: null,
      principalFilter: null,
      hostFilter: null,
      operation: ANY,
      permissionType: ANY,
    };
    for (const version of peer.versions(describeAcls)) {
      await peer.ask('describe', describeAcls, version, { ...filter, patternTypeFilter: ANY });
    }
    for (const version of peer.versions(createAcls)) {
      await peer.ask('create', createAcls, version, {
        creations: [
          {
            resourceType: TOPIC,
            resourceName: 'orders',
            resourcePatternType: LITERAL,
            principal: 'User:alice',
            host: '*',
            operation: READ,
            permissionType: ALLOW,
          },
        ],
      });
    }
    for (const version of peer.versions(deleteAcls)) {
      await peer.ask('delete', deleteAcls, version, { filters: [{ ...filter, patternTypeFilter: ANY }] });
    }
  },
};
