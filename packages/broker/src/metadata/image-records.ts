import {
  AccessControlEntryRecord,
  ClientQuotaRecord,
  ConfigRecord,
  DelegationTokenRecord,
  FeatureLevelRecord,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
  TopicRecord,
  UserScramCredentialRecord,
} from '@millrace/protocol/messages/metadata-records';
import type {
  BrokerImage,
  ClusterImage,
  ControllerImage,
  FeatureRange,
  PartitionImage,
} from './cluster-image.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { scramMechanisms } from '../security/scram/scram-mechanism.ts';

/** The records that build `image` from nothing: the content of a snapshot of it. */
export function* imageRecords(image: ClusterImage): Iterable<MetadataRecord> {
  for (const [name, featureLevel] of image.features) {
    yield { type: 'FeatureLevel', data: FeatureLevelRecord.create({ name, featureLevel }) };
  }
  for (const controller of image.controllers.values()) yield controllerRegistrationOf(controller);
  for (const broker of image.brokers.values()) yield registrationOf(broker);
  for (const topic of image.topics.byId.values()) {
    yield { type: 'Topic', data: TopicRecord.create({ name: topic.name, topicId: topic.id }) };
    for (const partition of topic.partitions) yield partitionOf(topic.id, partition);
  }
  for (const { resourceType, resourceName, overrides } of image.configs.entries()) {
    for (const [name, value] of overrides) {
      yield { type: 'Config', data: ConfigRecord.create({ resourceType, resourceName, name, value }) };
    }
  }
  yield* securityRecords(image);
  yield* quotaRecords(image);
  for (const { renewers, ...token } of image.delegationTokens.values()) {
    const data = DelegationTokenRecord.create({ ...token, renewers: [...renewers] });
    yield { type: 'DelegationToken', data };
  }
  const { nextProducerId } = image;
  if (nextProducerId > 0) {
    yield { type: 'ProducerIds', data: ProducerIdsRecord.create({ brokerId: -1, nextProducerId }) };
  }
}

function* securityRecords({ scramCredentials, acls }: ClusterImage): Iterable<MetadataRecord> {
  for (const [mechanismName, users] of scramCredentials) {
    const mechanism = scramMechanisms[mechanismName].id;
    for (const [name, credential] of users) {
      const data = UserScramCredentialRecord.create({ name, mechanism, ...credential });
      yield { type: 'UserScramCredential', data };
    }
  }
  for (const acl of acls.values()) {
    yield { type: 'AccessControlEntry', data: AccessControlEntryRecord.create(acl) };
  }
}

function* quotaRecords({ clientQuotas }: ClusterImage): Iterable<MetadataRecord> {
  for (const { entity, values } of clientQuotas.values()) {
    const parts = Array.from(entity, ([entityType, entityName]) => ({ entityType, entityName }));
    for (const [key, value] of values) {
      yield { type: 'ClientQuota', data: ClientQuotaRecord.create({ entity: parts, key, value }) };
    }
  }
}

function registrationOf(broker: BrokerImage): MetadataRecord {
  return {
    type: 'RegisterBroker',
    data: RegisterBrokerRecord.create({
      brokerId: broker.id,
      incarnationId: broker.incarnationId,
      brokerEpoch: broker.epoch,
      endPoints: [...broker.endpoints].map(([name, endpoint]) => ({ name, ...endpoint })),
      features: featuresOf(broker.features),
      rack: broker.rack,
      fenced: broker.isFenced,
      inControlledShutdown: broker.inControlledShutdown,
      logDirs: [...broker.directoryIds],
      cordonedLogDirs: listOrNull(broker.cordonedDirectoryIds),
    }),
  };
}

function controllerRegistrationOf(controller: ControllerImage): MetadataRecord {
  return {
    type: 'RegisterController',
    data: RegisterControllerRecord.create({
      controllerId: controller.id,
      incarnationId: controller.incarnationId,
      endPoints: [...controller.endpoints].map(([name, endpoint]) => ({ name, ...endpoint })),
      features: featuresOf(controller.features),
    }),
  };
}

function featuresOf(features: readonly FeatureRange[]) {
  return features.map(({ name, minVersion, maxVersion }) => ({
    name,
    minSupportedVersion: minVersion,
    maxSupportedVersion: maxVersion,
  }));
}

/** Tagged fields of later metadata versions are not written where they have nothing to say. */
function listOrNull<Item>(list: readonly Item[]): Item[] | null {
  return list.length === 0 ? null : [...list];
}

function partitionOf(topicId: string, partition: PartitionImage): MetadataRecord {
  return {
    type: 'Partition',
    data: PartitionRecord.create({
      partitionId: partition.index,
      topicId,
      replicas: [...partition.replicas],
      isr: [...partition.inSyncReplicas],
      addingReplicas: [...partition.addingReplicas],
      removingReplicas: [...partition.removingReplicas],
      eligibleLeaderReplicas: listOrNull(partition.eligibleLeaderReplicas),
      lastKnownElr: listOrNull(partition.lastKnownElr),
      leader: partition.leader,
      leaderRecoveryState: partition.leaderRecoveryState,
      leaderEpoch: partition.leaderEpoch,
      partitionEpoch: partition.partitionEpoch,
      directories: [...partition.directories],
    }),
  };
}
