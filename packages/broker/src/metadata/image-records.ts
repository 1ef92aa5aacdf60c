import {
  AccessControlEntryRecord,
  ClientQuotaRecord,
  ConfigRecord,
  FeatureLevelRecord,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBrokerRecord,
  TopicRecord,
  UserScramCredentialRecord,
} from '@millrace/protocol/messages/metadata-records';
import type { BrokerImage, ClusterImage, PartitionImage } from './cluster-image.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { scramMechanisms } from '../security/scram/scram-mechanism.ts';
import { UNASSIGNED_DIRECTORY } from './reserved-ids.ts';

/** The records that build `image` from nothing: the content of a snapshot of it. */
export function* imageRecords(image: ClusterImage): Iterable<MetadataRecord> {
  for (const [name, featureLevel] of image.features) {
    yield { type: 'FeatureLevel', data: FeatureLevelRecord.create({ name, featureLevel }) };
  }
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
      features: broker.features.map(({ name, minVersion, maxVersion }) => ({
        name,
        minSupportedVersion: minVersion,
        maxSupportedVersion: maxVersion,
      })),
      rack: broker.rack,
      fenced: broker.isFenced,
      logDirs: [...broker.directoryIds],
    }),
  };
}

function partitionOf(topicId: string, partition: PartitionImage): MetadataRecord {
  return {
    type: 'Partition',
    data: PartitionRecord.create({
      partitionId: partition.index,
      topicId,
      replicas: [...partition.replicas],
      isr: [...partition.inSyncReplicas],
      leader: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      partitionEpoch: partition.partitionEpoch,
      directories: partition.replicas.map(() => UNASSIGNED_DIRECTORY),
    }),
  };
}
