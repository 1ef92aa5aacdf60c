import { createAcls, metadata } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const resource = { topic: 2, cluster: 4 } as const;
const operation = { create: 5, alter: 7, describe: 8, clusterAction: 9 } as const;
const permission = { deny: 2, allow: 3 } as const;

function acl(resourceType: number, resourceName: string, operationId: number, permissionType: number) {
  return {
    resourceType,
    resourceName,
    resourcePatternType: 3,
    principal: 'User:ANONYMOUS',
    host: '*',
    operation: operationId,
    permissionType,
  };
}

export const script: CompareScript = {
  name: 'metadata-when-denied',
  title: 'Metadata of topics that a client may not create, or not see, with and without creating them.',
  properties: {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'true',
  },
  known: [
    {
      step: 'creatable, v*',
      field: 'topics[*].errorCode',
      reason:
        'LEADER_NOT_AVAILABLE, as before KRaft: kafkajs does not ask again after UNKNOWN_TOPIC_OR_PARTITION',
    },
  ],
  async run(peer) {
    const { name: present } = await peer.topic('present');
    const { name: hidden } = await peer.topic('hidden');
    const [absent, absentHidden] = [peer.unique('absent'), peer.unique('absent-hidden')];
    const illegal = 'no spaces please';
    await peer.ask('restrict', createAcls, 3, {
      creations: [
        // What the node itself needs, and this connection, once there is any ACL of the cluster.
        ...[operation.clusterAction, operation.alter, operation.describe].map((each) =>
          acl(resource.cluster, 'kafka-cluster', each, permission.allow),
        ),
        ...[present, absent, illegal].map((name) =>
          acl(resource.topic, name, operation.describe, permission.allow),
        ),
        ...[hidden, absentHidden].map((name) =>
          acl(resource.topic, name, operation.describe, permission.deny),
        ),
      ],
    });
    await peer.caughtUp();
    for (const version of peer.versions(metadata)) {
      const ask = (label: string, name: string, allowAutoTopicCreation = true) =>
        peer.ask(label, metadata, version, {
          topics: [{ name }],
          ...(version >= 4 ? { allowAutoTopicCreation } : {}),
          ...(version >= 8 ? { includeTopicAuthorizedOperations: true } : {}),
        });
      await ask('present', present);
      await ask('hidden', hidden);
      await ask('absent', absent);
      if (version >= 4) await ask('absent, not to be created', absent, false);
      await ask('absent and hidden', absentHidden);
      await ask('illegal', illegal);
      await ask('creatable', peer.unique(`creatable-${version}`));
    }
  },
};
