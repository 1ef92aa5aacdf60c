import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import {
  CONSUMER_OFFSETS_TOPIC,
  SHARE_STATE_TOPIC,
  TRANSACTION_STATE_TOPIC,
} from '../metadata/topic-names.ts';
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
  if (name === SHARE_STATE_TOPIC) {
    return {
      name,
      numPartitions: config['share.coordinator.state.topic.num.partitions'],
      replicationFactor: config['share.coordinator.state.topic.replication.factor'],
      assignments: [],
      configs: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'compression.type', value: 'producer' },
        { name: 'min.insync.replicas', value: String(config['share.coordinator.state.topic.min.isr']) },
        { name: 'retention.bytes', value: '-1' },
        { name: 'retention.ms', value: '-1' },
        { name: 'segment.bytes', value: String(config['share.coordinator.state.topic.segment.bytes']) },
      ],
    };
  }
  return { name, numPartitions: DEFAULT, replicationFactor: DEFAULT, assignments: [], configs: [] };
}
