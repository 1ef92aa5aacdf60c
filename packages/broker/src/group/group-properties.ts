import type { GroupConfigDefaults } from '../config/group-config.ts';

/**
 * The broker properties that the group coordinator reads, by Kafka's names. The broker's configuration satisfies it;
 * asked anew for each use, so that dynamic changes take hold.
 */
export interface GroupProperties extends GroupConfigDefaults {
  readonly 'group.min.session.timeout.ms': number;
  readonly 'group.max.session.timeout.ms': number;
  readonly 'group.max.size': number;
  readonly 'group.initial.rebalance.delay.ms': number;
  readonly 'group.consumer.max.size': number;
  readonly 'group.consumer.assignors': readonly string[];
  readonly 'group.consumer.migration.policy': string;
  readonly 'group.share.max.size': number;
  readonly 'group.streams.max.size': number;
  readonly 'group.share.initialize.retry.interval.ms': number;
  readonly 'offset.metadata.max.bytes': number;
  /** Id of the codec, 0 to 4. */
  readonly 'offsets.topic.compression.codec': number;
  /** How long a call waits for its records to be written. */
  readonly 'offsets.commit.timeout.ms': number;
  readonly 'offsets.retention.minutes': number;
  readonly 'offsets.retention.check.interval.ms': number;
}
