import {
  ConfigRecord,
  FeatureLevelRecord,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBrokerRecord,
  TopicRecord,
} from '@millrace/protocol/messages/metadata-records';
import type { BrokerImage, ClusterImage, PartitionImage } from './cluster-image.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { PLAINTEXT_PROTOCOL, UNASSIGNED_DIRECTORY } from './reserved-ids.ts';

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
  const { nextProducerId } = image;
  if (nextProducerId > 0) {
    yield { type: 'ProducerIds', data: ProducerIdsRecord.create({ brokerId: -1, nextProducerId }) };
  }
}

function registrationOf(broker: BrokerImage): MetadataRecord {
  return {
    type: 'RegisterBroker',
    data: RegisterBrokerRecord.create({
      brokerId: broker.id,
      incarnationId: broker.incarnationId,
      brokerEpoch: broker.epoch,
      endPoints: [...broker.endpoints].map(([name, { host, port }]) => ({
        name,
        host,
        port,
        securityProtocol: PLAINTEXT_PROTOCOL,
      })),
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
