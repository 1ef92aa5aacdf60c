import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { CONSUMER_OFFSETS_TOPIC, isInternalTopic, TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import type { NewTopic } from './create-topics.ts';

/** Count that means: the broker's default. */
const DEFAULT = -1;

/** What a topic that nobody specified looks like: defaults, or for internal topics their own properties. */
export function implicitTopic(name: string, config: BrokerPropertyValues): NewTopic {
  if (name === CONSUMER_OFFSETS_TOPIC) {
    return {
      name,
      numPartitions: config['offsets.topic.num.partitions'],
      replicationFactor: config['offsets.topic.replication.factor'],
      assignments: [],
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'compression.type', value: 'producer' },
        { name: 'segment.bytes', value: String(config['offsets.topic.segment.bytes']) },
      ],
    };
  }
  if (name === TRANSACTION_STATE_TOPIC) {
    return {
      name,
      numPartitions: config['transaction.state.log.num.partitions'],
      replicationFactor: config['transaction.state.log.replication.factor'],
      assignments: [],
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'compression.type', value: 'uncompressed' },
        { name: 'min.insync.replicas', value: String(config['transaction.state.log.min.isr']) },
        { name: 'segment.bytes', value: String(config['transaction.state.log.segment.bytes']) },
        { name: 'unclean.leader.election.enable', value: 'false' },
      ],
    };
  }
  return { name, numPartitions: DEFAULT, replicationFactor: DEFAULT, assignments: [], configs: [] };
}

/** May a client's mere interest create the topic? Some internal topics belong to coordinators that do not run here. */
export function canAutoCreate(name: string): boolean {
  return !isInternalTopic(name) || name === CONSUMER_OFFSETS_TOPIC || name === TRANSACTION_STATE_TOPIC;
}
