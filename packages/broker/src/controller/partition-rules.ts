import { topicConfigValue } from '../config/topic-config.ts';
import {
  ConfigResourceType,
  type BrokerImage,
  type PartitionImage,
  type TopicImage,
} from '../metadata/cluster-image.ts';
import { isElrEnabled, metadataVersionOf, NO_EPOCH_FOR_SHRINK_VERSION } from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { defaultDirectory, isOnlineDirectory } from '../metadata/replica-directories.ts';
import type { ControllerState } from './controller-operation.ts';
import type { Election } from './elect-leader.ts';
import { partitionChange, type PartitionTarget } from './partition-change.ts';

/** What the configuration of a topic says about its partitions. */
interface TopicRules {
  readonly minInSyncReplicas: number;
  readonly allowsUncleanElection: boolean;
}

/** A change that an operation is about to make, and the image does not show yet. */
export interface BrokersChanging {
  /** May lead nothing any more. */
  readonly removed?: number;
  /** May lead already. */
  readonly added?: number;
}

/**
 * How partitions change at this point of the metadata log: what topics are configured to, which features are on, which
 * brokers are up. For the length of one operation.
 */
export class PartitionRules {
  readonly isElrEnabled: boolean;
  readonly #isShrinkInNewEpoch: boolean;
  readonly #state: ControllerState;
  readonly #changing: BrokersChanging;
  readonly #topics = new Map<string, TopicRules>();

  constructor(state: ControllerState, changing: BrokersChanging = {}) {
    this.#state = state;
    this.#changing = changing;
    this.isElrEnabled = isElrEnabled(state.image);
    this.#isShrinkInNewEpoch = metadataVersionOf(state.image) < NO_EPOCH_FOR_SHRINK_VERSION;
  }

  /** The records of a change of one partition: one, or none when nothing changes. */
  change(
    topic: TopicImage,
    partition: PartitionImage,
    target: PartitionTarget,
    election?: Election,
  ): MetadataRecord[] {
    const { minInSyncReplicas, allowsUncleanElection } = this.ofTopic(topic);
    const record = partitionChange(topic.id, partition, target, {
      election: election ?? (allowsUncleanElection ? 'UNCLEAN' : 'ONLINE'),
      isAcceptableLeader: (brokerId) => this.#mayLead(partition, brokerId),
      minInSyncReplicas,
      isElrEnabled: this.isElrEnabled,
      isShrinkInNewEpoch: this.#isShrinkInNewEpoch,
      defaultDirectory: (brokerId) => defaultDirectory(this.#state.image, brokerId),
    });
    return record === undefined ? [] : [record];
  }

  ofTopic(topic: TopicImage): TopicRules {
    let rules = this.#topics.get(topic.id);
    if (rules === undefined) {
      const { image, config } = this.#state;
      const overrides = image.configs.of(ConfigResourceType.TOPIC, topic.name);
      const read = (name: string) => topicConfigValue(name, overrides, config).value;
      rules = {
        minInSyncReplicas: Math.min(
          Number(read('min.insync.replicas')),
          topic.partitions[0]?.replicas.length ?? 1,
        ),
        allowsUncleanElection: read('unclean.leader.election.enable') === 'true',
      };
      this.#topics.set(topic.id, rules);
    }
    return rules;
  }

  #mayLead({ replicas, directories }: PartitionImage, brokerId: number): boolean {
    const { removed, added } = this.#changing;
    const broker = this.#state.image.brokers.get(brokerId);
    if (broker === undefined || brokerId === removed) return false;
    if (brokerId !== added && !isActive(broker)) return false;
    return isOnlineDirectory(broker, directories[replicas.indexOf(brokerId)]);
  }
}

/** Is it up, and does it mean to stay? */
export function isActive(broker: BrokerImage | undefined): boolean {
  return broker !== undefined && !broker.isFenced && !broker.inControlledShutdown;
}
