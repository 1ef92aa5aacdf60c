import { createAcls, deleteAcls, describeAcls } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { initialized } from '../transactions/transaction-requests.ts';
import {
  ofCluster as aboutCluster,
  ofGroups,
  ofTopics,
  ofTransactions,
  type AccessRequest,
} from './access-requests.ts';

const resource = { topic: 2, group: 3, cluster: 4, transactionalId: 5 } as const;
const operation = { all: 2, delete: 6, describe: 8, clusterAction: 9 } as const;
const permission = { deny: 2, allow: 3 } as const;

interface Rule {
  readonly type: number;
  readonly name: string;
  readonly may?: number;
  readonly mayNot?: number;
}

async function rule(peer: Peer, { type, name, may, mayNot }: Rule): Promise<void> {
  const creations = [
    ...(may === undefined ? [] : [{ operation: may, permissionType: permission.allow }]),
    ...(mayNot === undefined ? [] : [{ operation: mayNot, permissionType: permission.deny }]),
  ].map((each) => ({
    resourceType: type,
    resourceName: name,
    resourcePatternType: 3,
    principal: 'User:ANONYMOUS',
    host: '*',
    ...each,
  }));
  await peer.quietly(createAcls, 3, { creations });
}

async function askAll(
  peer: Peer,
  label: string,
  requests: readonly AccessRequest[],
  resources: Parameters<AccessRequest>[2],
): Promise<void> {
  for (const request of requests) await request(peer, label, resources);
}

export const script: CompareScript = {
  name: 'access-refused',
  title: 'The APIs of clients in every version, asked by somebody who may not do it, or may only look.',
  properties: {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'true',
    // After this script the connection may do nothing any more, so that the nodes are for it alone.
    'offsets.topic.num.partitions': '2',
  },
  known: [
    {
      step: '*: join, v*',
      field: 'memberId',
      reason: 'who may not is answered without the id that was asked with; here it is that one',
    },
    {
      step: '*: sync without protocol, v5',
      field: 'errorCode',
      reason: 'INCONSISTENT_GROUP_PROTOCOL comes before rights there; here who may not is told that first',
    },
    {
      step: 'hidden transaction: produce without transaction, v*',
      field: 'responses[*].partitionResponses[0].errorCode',
      reason:
        'an id is looked at only with transactional records there; here one that may not be used is refused',
    },
    {
      step: 'cluster: configs of an unknown kind, v*',
      field: 'results[0].errorCode',
      reason: 'INVALID_REQUEST there; what is not of a topic or group takes rights on the cluster here',
    },
    {
      step: 'cluster: alter broker configs*, v*',
      field: 'responses[*].errorCode',
      reason: 'INVALID_REQUEST there; what is not of a topic or group takes rights on the cluster here',
    },
    {
      step: 'cluster: credentials, v0',
      field: 'results[0]',
      reason: 'a user without a name there',
    },
  ],
  async run(peer) {
    const hidden = await peer.topic('hidden');
    const seen = await peer.topic('seen');
    await peer.coordinators();
    const others = [peer.unique('open'), peer.unique('watched'), peer.unique('free')] as const;
    await initialized(peer, 'an id', 5, others[2]);
    const [absent, group, transaction] = ['absent', 'group', 'transaction'].map((name) => peer.unique(name));
    const nothing = {
      topic: hidden,
      absent: absent!,
      group: group!,
      transaction: transaction!,
      member: peer.unique('nobody'),
    };
    const open = { ...nothing, topic: seen, group: others[0], transaction: others[2] };
    const watched = { ...open, group: others[1] };
    // Otherwise it may delete all topics.
    await rule(peer, {
      type: resource.cluster,
      name: 'kafka-cluster',
      may: operation.all,
      mayNot: operation.delete,
    });
    for (const name of [hidden.name, absent!]) {
      await rule(peer, { type: resource.topic, name, mayNot: operation.all });
    }
    await rule(peer, { type: resource.topic, name: seen.name, may: operation.describe });
    await rule(peer, { type: resource.group, name: group!, mayNot: operation.all });
    await rule(peer, { type: resource.group, name: watched.group, may: operation.describe });
    await rule(peer, { type: resource.transactionalId, name: transaction!, mayNot: operation.all });
    await peer.caughtUp();
    await askAll(peer, 'hidden topic', ofTopics, nothing);
    await askAll(peer, 'topic to look at', ofTopics, open);
    await askAll(peer, 'hidden group', ofGroups, nothing);
    await askAll(peer, 'group to look at', ofGroups, watched);
    await askAll(peer, 'group with a hidden topic', ofGroups, { ...nothing, group: open.group });
    await askAll(peer, 'hidden transaction', ofTransactions, nothing);
    await askAll(peer, 'transaction with hidden things', ofTransactions, {
      ...nothing,
      transaction: open.transaction,
    });
    // The node itself needs the one, and nobody has any of the others from now on.
    await rule(peer, { type: resource.cluster, name: 'kafka-cluster', may: operation.clusterAction });
    const ofCluster = {
      resourceTypeFilter: resource.cluster,
      resourceNameFilter: null,
      patternTypeFilter: 1,
      principalFilter: null,
      hostFilter: null,
      permissionType: permission.allow,
    };
    await peer.quietly(deleteAcls, 3, { filters: [{ ...ofCluster, operation: operation.all }] });
    await peer.settled(
      () => peer.quietly(describeAcls, 3, { ...ofCluster, operation: 1 }),
      ({ errorCode }) => errorCode !== 0,
    );
    await askAll(peer, 'cluster', aboutCluster, { ...nothing, absent: peer.unique('new') });
  },
};
